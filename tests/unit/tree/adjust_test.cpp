// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/adjust.h"

#include <gtest/gtest.h>

namespace erofs::tree {
namespace {

Tree sample() {
  Tree tree;
  for (const char* path : {"/a/keep.c", "/a/drop.o", "/b/c/x", "/b/d.o/y"}) {
    Node node;
    node.uid = 10;
    node.gid = 0xFFFFFFFF;
    node.mtime_sec = 5;
    node.mtime_nsec = 6;
    node.xattrs = {{"user.a", "1"}};
    EXPECT_TRUE(tree.put(path, node));
  }
  return tree;
}

TEST(Adjust, LeavesPathsOut) {
  Tree tree = sample();
  Adjustment how;
  how.exclude = *Exclusion::of({"b/c", "/none"}, {"\\.o$", "^keep"});
  adjust(how, tree);
  EXPECT_TRUE(tree.find("/a/keep.c"));
  EXPECT_TRUE(tree.find("/b"));
  EXPECT_EQ(tree.nodes().size(), 4U);
}

TEST(Adjust, ChangesFacts) {
  Tree tree = sample();
  Adjustment how;
  how.uid_offset = 7;
  how.gid_offset = 2;
  how.uid = 3;
  how.mtime_sec = 99;
  how.drop_xattrs = true;
  adjust(how, tree);
  const Node& file = tree.at(*tree.find("/b/c/x"));
  EXPECT_EQ(file.uid, 3U);
  EXPECT_EQ(file.gid, 1U);
  EXPECT_EQ(file.mtime_sec, 99);
  EXPECT_EQ(file.mtime_nsec, 0U);
  EXPECT_TRUE(file.xattrs.empty());
  EXPECT_EQ(tree.at(Tree::kRoot).gid, 2U);
}

TEST(Adjust, MakesNoFileNewerThanItMayBe) {
  Tree tree = sample();
  Adjustment how;
  how.newest_sec = 5;
  adjust(how, tree);
  EXPECT_EQ(tree.at(*tree.find("/a/keep.c")).mtime_nsec, 0U);
  tree = sample();
  how.newest_sec = 6;
  adjust(how, tree);
  EXPECT_EQ(tree.at(*tree.find("/a/keep.c")).mtime_nsec, 6U);
  how.newest_sec = 4;
  adjust(how, tree);
  EXPECT_EQ(tree.at(*tree.find("/a/keep.c")).mtime_sec, 4);
}

}  // namespace
}  // namespace erofs::tree
