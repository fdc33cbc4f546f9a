// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/directories.h"

#include <gtest/gtest.h>

#include "support/emit_fixture.h"
#include "support/hex_bytes.h"

namespace erofs::emit {
namespace {

TEST(Directories, WaitForTheNidsOfTheirChildren) {
  tree::Tree tree;
  EXPECT_TRUE(tree.put("/-before", tree::Node()));
  tree.finish();
  test::Emitting image(std::move(tree));
  reserve_directory(image.context, 0);
  EXPECT_EQ(image.context.nids[0], 128U);
  image.context.nids[1] = 0x77;
  (void)image.bytes();
  write_directories(image.context);
  const std::vector<std::byte>& bytes = image.bytes();
  EXPECT_EQ(bytes.size(), 8192U);  // whole blocks, zeros where nothing is
  // "-before" sorts in front of ".".
  EXPECT_EQ(test::hex_of(std::span(bytes).subspan(4096 + 32, 24)),
            "77 00 00 00 00 00 00 00 24 00 01 00 "
            "80 00 00 00 00 00 00 00 2b 00 02 00");
}

TEST(Directories, TakeBlocksForWhatDoesNotFitBehind) {
  tree::Tree tree;
  for (int i = 0; i < 200; ++i) {
    const std::string name = "/name-of-some-length-" + std::to_string(i);
    EXPECT_TRUE(tree.put(name, tree::Node()));
  }
  tree.finish();
  test::Emitting image(std::move(tree));
  reserve_directory(image.context, 0);
  (void)image.bytes();
  write_directories(image.context);
  const std::vector<std::byte>& bytes = image.bytes();
  ASSERT_EQ(image.context.directories.size(), 1U);
  const std::uint64_t block = image.context.directories[0].block;
  EXPECT_GT(block, 0U);
  EXPECT_GE(bytes.size(), (block + 1) * 4096);
  EXPECT_NE(bytes[block * 4096 + 8], std::byte{0});  // a nameoff
}

TEST(Directories, CanLieInThePackedInode) {
  tree::Tree tree;
  EXPECT_TRUE(tree.put("/d/file", tree::Node()));
  tree.finish();
  image::MemoryTarget kept;
  Options options;
  options.methods.resize(1);
  options.packed = &kept;
  options.pack_directories = true;
  test::Emitting image(std::move(tree), options);
  reserve_directory(image.context, 0);
  reserve_directory(image.context, 1);
  image.context.nids[2] = 0x77;
  (void)image.bytes();
  Packed packed(image.context);
  pack_directories(image.context, packed);
  write_directories(image.context);
  // ".", ".." and "d"; then ".", ".." and "file".
  constexpr std::size_t kRootSize = 3 * 12 + 4;
  EXPECT_EQ(kept.bytes().size(), kRootSize + 3 * 12 + 7);
  EXPECT_EQ(kept.bytes()[kRootSize + 24], std::byte{0x77});
  const std::size_t at = image.context.nids[1] * 32;
  EXPECT_EQ(test::hex_of(std::span(image.bytes()).subspan(at + 32, 8)),
            "28 00 00 00 00 00 00 80");
  EXPECT_EQ(test::hex_of(std::span(image.bytes()).subspan(at + 8, 4)),
            "2b 00 00 00");
}

}  // namespace
}  // namespace erofs::emit
