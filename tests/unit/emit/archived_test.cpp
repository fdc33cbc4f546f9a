// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/archived.h"

#include <gtest/gtest.h>

#include "support/emit_fixture.h"
#include "support/emit_tree.h"
#include "support/hex_bytes.h"
#include "support/sample_text.h"

namespace erofs::emit {
namespace {

tree::Tree one_file(std::optional<std::uint64_t> at) {
  tree::Tree tree;
  tree::Node node = test::file_of(test::sample_text(3000));
  node.archived_at = at;
  EXPECT_TRUE(tree.put("/f", node));
  tree.finish();
  return tree;
}

Options in_archive() {
  Options options;
  options.block_bits = 9;
  options.archive_bytes = 20480;
  return options;
}

// The example of the format's description: 3000 bytes at block 19.
TEST(Archived, NamesTheBlocksOfTheArchive) {
  test::Emitting image(one_file(19 * 512), in_archive());
  write_archived(image.context, 1);
  EXPECT_FALSE(image.context.failed());
  const auto& bytes = image.bytes();
  const std::size_t at = image.context.nids[1] * 32;
  EXPECT_EQ(test::hex_of(std::span(bytes).subspan(at + 16, 4)), "23 00 00 00");
  EXPECT_EQ(test::hex_of(std::span(bytes).subspan(at + 32, 8)),
            "00 00 01 00 13 00 00 00");
}

TEST(Archived, SaysWhatDoesNotLieThere) {
  std::string reason;
  EXPECT_TRUE(
      test::image_of(one_file(std::nullopt), in_archive(), &reason).empty());
  EXPECT_EQ(reason.substr(0, 3), "/f:");
  EXPECT_TRUE(test::image_of(one_file(100), in_archive(), &reason).empty());
  EXPECT_NE(reason.find("byte 100 "), std::string::npos);
  Options options = in_archive();
  options.methods.resize(1);
  EXPECT_TRUE(test::image_of(one_file(512), options, &reason).empty());
  EXPECT_NE(reason.find("archive"), std::string::npos);
}

}  // namespace
}  // namespace erofs::emit
