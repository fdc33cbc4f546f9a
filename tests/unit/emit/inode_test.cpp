// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/inode.h"

#include <gtest/gtest.h>

#include "support/emit_fixture.h"
#include "support/hex_bytes.h"

namespace erofs::emit {
namespace {

tree::Tree one_file() {
  tree::Tree tree;
  tree::Node node;
  node.mode = 0600;
  node.xattrs = {{"user.a", "v"}};
  EXPECT_TRUE(tree.put("/d/file", node));
  tree.finish();
  return tree;
}

TEST(Inode, WritesItselfItsAttributesAndWhatFollows) {
  test::Emitting image(one_file());
  Inode inode(image.context, 2, 3);
  EXPECT_EQ(inode.front(1), 32U + 12 + 8);
  EXPECT_EQ(inode.front(8), 56U);
  ASSERT_TRUE(inode.place({.table = 4, .align = 8, .tail = 3}));
  EXPECT_EQ(inode.at(), 4096U);
  EXPECT_EQ(inode.nid(), 128U);
  inode.write({}, ByteView::of_text("TABL"), ByteView::of_text("end"));
  EXPECT_EQ(test::hex_of(std::span(image.bytes()).subspan(4096 + 32, 31)),
            "ff ff df ff 00 00 00 00 00 00 00 00 01 01 01 00 61 76 00 00 "
            "00 00 00 00 54 41 42 4c 65 6e 64");
}

TEST(Inode, SaysWhichFileCannotBeCompact) {
  tree::Tree tree = one_file();
  tree.at(2).uid = 70000;
  Options options;
  options.inodes = plan::InodeForm::kCompact;
  test::Emitting image(std::move(tree), options);
  const Inode inode(image.context, 2, 3);
  ASSERT_TRUE(image.context.trouble);
  EXPECT_EQ(image.context.trouble->where, "/d/file");
}

TEST(Inode, IsExtendedWhereAskedTo) {
  Options options;
  options.inodes = plan::InodeForm::kExtended;
  test::Emitting image(one_file(), options);
  EXPECT_EQ(Inode(image.context, 1, 0).front(1), 64U);
}

TEST(Inode, KnowsPaths) {
  const tree::Tree tree = one_file();
  EXPECT_EQ(path_of(tree, 0), "/");
  EXPECT_EQ(path_of(tree, 2), "/d/file");
}

TEST(Inode, HasRoomForLargeBlockNumbersWhereTheyMayCome) {
  test::Emitting image(one_file(), {.wide = true});
  EXPECT_EQ(Inode(image.context, 2, 3).front(1), 32U + 20);
  image.context.high = true;
  Inode inode(image.context, 2, 3);
  EXPECT_EQ(inode.front(1), 64U + 20);
  ASSERT_TRUE(inode.place({}));
  inode.write({.i_u = 7, .high = 5}, ByteView(), ByteView());
  EXPECT_EQ(test::hex_of(std::span(image.bytes()).subspan(4096, 20)),
            "01 00 03 00 80 81 05 00 03 00 00 00 00 00 00 00 07 00 00 00");
}

TEST(Inode, LiesInTheMetaboxWhereThereIsOne) {
  image::MemoryTarget kept;
  test::Emitting image(one_file(), {.wide = true});
  image.context.box.emplace(kept, 12);
  Inode inode(image.context, 2, 3);
  ASSERT_TRUE(inode.place({}));
  EXPECT_EQ(inode.nid(), std::uint64_t{1} << 63);
  Inode own(image.context, image.context.packed_id(), 0);
  ASSERT_TRUE(own.place({}));
  EXPECT_EQ(own.nid(), 128U);
}

}  // namespace
}  // namespace erofs::emit
