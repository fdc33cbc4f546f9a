// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/each_path.h"

#include <gtest/gtest.h>

namespace erofs::tree {
namespace {

Tree sample() {
  Tree tree;
  EXPECT_TRUE(tree.put("/b/file", Node()));
  EXPECT_TRUE(tree.put("/a", Node()));
  EXPECT_TRUE(tree.link("/b/again", "/a"));
  EXPECT_TRUE(tree.link("/c", "/a"));
  tree.finish();
  return tree;
}

TEST(EachPath, NamesEachNodeOnce) {
  std::string all;
  each_path(sample(), [&](NodeId, const std::string& path) {
    all += path + " ";
    return true;
  });
  EXPECT_EQ(all, "/ /a /b /b/file ");
}

TEST(EachPath, EndsWhereItIsTold) {
  int calls = 0;
  each_path(sample(), [&](NodeId, const std::string&) { return ++calls < 2; });
  EXPECT_EQ(calls, 2);
}

}  // namespace
}  // namespace erofs::tree
