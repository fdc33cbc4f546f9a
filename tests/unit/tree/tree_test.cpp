// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace erofs::tree {
namespace {

Node node(Type type, std::uint32_t uid = 0) {
  Node out;
  out.type = type;
  out.uid = uid;
  out.mtime_sec = 7;
  return out;
}

// Every path of a finished tree, with the owner.
void list(const Tree& tree, NodeId id, const std::string& path,
          std::vector<std::string>& out) {
  out.push_back(path + " " + std::to_string(tree.at(id).uid));
  for (const Child& child : tree.at(id).children) {
    list(tree, child.node, path + "/" + child.name, out);
  }
}

std::vector<std::string> listed(Tree tree) {
  tree.finish();
  std::vector<std::string> out;
  list(tree, Tree::kRoot, "", out);
  return out;
}

using testing::ElementsAre;

TEST(Tree, BeginsWithARoot) {
  Tree tree;
  tree.finish();
  ASSERT_EQ(tree.nodes().size(), 1U);
  EXPECT_EQ(tree.at(Tree::kRoot).type, Type::kDir);
  EXPECT_EQ(tree.at(Tree::kRoot).mode, 0755);
  EXPECT_EQ(tree.at(Tree::kRoot).nlink, 2U);
}

TEST(Tree, MakesMissingParents) {
  Tree tree;
  ASSERT_TRUE(tree.put("a/./b//c", node(Type::kReg, 5)));
  const auto parent = tree.find("/a/b");
  ASSERT_TRUE(parent);
  EXPECT_EQ(tree.at(*parent).mode, 0755);
  EXPECT_EQ(tree.at(*parent).mtime_sec, 7);
  EXPECT_THAT(listed(tree), ElementsAre(" 0", "/a 0", "/a/b 0", "/a/b/c 5"));
}

TEST(Tree, PutsOverWhatStoodThere) {
  Tree tree;
  ASSERT_TRUE(tree.put("/d/x", node(Type::kReg, 1)));
  ASSERT_TRUE(tree.put("/d", node(Type::kDir, 2)));
  EXPECT_THAT(listed(tree), ElementsAre(" 0", "/d 2", "/d/x 1"));
  ASSERT_TRUE(tree.put("/d", node(Type::kFifo, 3)));
  EXPECT_THAT(listed(tree), ElementsAre(" 0", "/d 3"));
  ASSERT_TRUE(tree.put("/d/y", node(Type::kReg, 4)));
  EXPECT_THAT(listed(tree), ElementsAre(" 0", "/d 0", "/d/y 4"));
  ASSERT_TRUE(tree.put("/", node(Type::kDir, 9)));
  EXPECT_THAT(listed(tree), ElementsAre(" 9", "/d 0", "/d/y 4"));
}

TEST(Tree, CountsTheNamesOfAFile) {
  Tree tree;
  ASSERT_TRUE(tree.put("/z", node(Type::kReg, 1)));
  ASSERT_TRUE(tree.link("/d/a", "/z"));
  tree.finish();
  EXPECT_EQ(tree.at(*tree.find("/z")).nlink, 2U);
  EXPECT_EQ(tree.find("/z"), tree.find("/d/a"));
  EXPECT_EQ(tree.at(Tree::kRoot).nlink, 3U);
  ASSERT_TRUE(tree.put("/z", node(Type::kReg, 2)));
  EXPECT_THAT(listed(tree), ElementsAre(" 0", "/d 0", "/d/a 1", "/z 2"));
}

TEST(Tree, Removes) {
  Tree tree;
  ASSERT_TRUE(tree.put("/a/b/c", node(Type::kReg)));
  EXPECT_FALSE(tree.remove("/a/x"));
  EXPECT_FALSE(tree.remove("/"));
  EXPECT_TRUE(tree.remove("/a/b"));
  EXPECT_EQ(tree.find("/a/b/c"), std::nullopt);
  tree.finish();
  EXPECT_EQ(tree.nodes().size(), 2U);
}

TEST(Tree, NumbersEqualTreesAlike) {
  Tree one;
  ASSERT_TRUE(one.put("/b/y", node(Type::kReg)));
  ASSERT_TRUE(one.put("/a/x", node(Type::kReg)));
  Tree two;
  ASSERT_TRUE(two.put("/gone", node(Type::kReg)));
  ASSERT_TRUE(two.put("/a/x", node(Type::kReg)));
  ASSERT_TRUE(two.put("/b/y", node(Type::kReg)));
  ASSERT_TRUE(two.remove("/gone"));
  one.finish();
  two.finish();
  for (const char* path : {"/a", "/b", "/a/x", "/b/y"}) {
    EXPECT_EQ(one.find(path), two.find(path)) << path;
  }
  EXPECT_EQ(one.find("/a"), 1U);
  EXPECT_EQ(one.find("/b"), 2U);
  EXPECT_EQ(one.at(3).parent, 0U);
  EXPECT_EQ(one.at(2).parent, Tree::kRoot);
}

TEST(Tree, RefusesWhatIsNoPath) {
  Tree tree;
  EXPECT_FALSE(tree.put("/a/../b", node(Type::kReg)));
  EXPECT_FALSE(tree.put("/" + std::string(256, 'n'), node(Type::kReg)));
  EXPECT_TRUE(tree.put("/" + std::string(255, 'n'), node(Type::kReg)));
  EXPECT_FALSE(tree.put(std::string_view("/a\0b", 4), node(Type::kReg)));
  EXPECT_FALSE(tree.put("/", node(Type::kReg)));
  EXPECT_FALSE(tree.link("/l", "/none"));
  ASSERT_TRUE(tree.put("/d", node(Type::kDir)));
  EXPECT_FALSE(tree.link("/l", "/d"));
}

}  // namespace
}  // namespace erofs::tree
