// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/holes.h"

#include <gtest/gtest.h>

#include "support/emit_fixture.h"
#include "support/emit_tree.h"
#include "support/hex_bytes.h"

namespace erofs::emit {
namespace {

tree::Tree one_file(std::uint64_t size) {
  tree::Tree tree;
  tree::Node node;
  node.size = size;
  node.holes.push_back({0, size});
  EXPECT_TRUE(tree.put("/f", node));
  tree.finish();
  return tree;
}

// The format of the chunks and the table behind the inode.
std::string stored(std::uint64_t size, const Options& options = {}) {
  test::Emitting image(one_file(size), options);
  write_holes(image.context, 1);
  EXPECT_FALSE(image.context.failed());
  const auto& bytes = image.bytes();
  const std::size_t at = image.context.nids[1] * 32;
  const bool extended = size >> 32 != 0;
  return test::hex_of(std::span(bytes).subspan(at + 16, 4)) + " | " +
         test::hex_of(std::span(bytes).subspan(at + (extended ? 64 : 32), 8));
}

TEST(Holes, AreOneChunkWhereOneIsEnough) {
  EXPECT_EQ(stored(1), "00 00 00 00 | ff ff ff ff 00 00 00 00");
  EXPECT_EQ(stored(4097), "01 00 00 00 | ff ff ff ff 00 00 00 00");
  EXPECT_EQ(stored(std::uint64_t{1} << 43),
            "1f 00 00 00 | ff ff ff ff 00 00 00 00");
  EXPECT_EQ(stored((std::uint64_t{1} << 43) + 1),
            "1f 00 00 00 | ff ff ff ff ff ff ff ff");
  Options options;
  options.chunk_indexes = true;
  EXPECT_EQ(stored(100000, options).substr(0, 11), "25 00 00 00");
}

// Whatever the options say of content, there is none to read or store.
TEST(Holes, TakeNoRoomWhateverTheOptions) {
  std::string reason;
  Options options;
  options.methods.resize(1);
  const auto image =
      test::image_of(one_file(std::uint64_t{1} << 50), options, &reason);
  EXPECT_EQ(reason, "");
  EXPECT_LE(image.size(), 8192U);
}

TEST(Holes, EndWhereATableWouldFillTheImage) {
  std::string reason;
  EXPECT_TRUE(
      test::image_of(one_file(~std::uint64_t{0} >> 1), {}, &reason).empty());
  EXPECT_EQ(reason, "/f: has more holes than blocks of this size hold");
}

}  // namespace
}  // namespace erofs::emit
