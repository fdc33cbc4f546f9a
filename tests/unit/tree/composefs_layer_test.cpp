// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/composefs_layer.h"

#include <gtest/gtest.h>

#include <string>

namespace erofs::tree {
namespace {

using Xattrs = std::vector<Xattr>;

TEST(ComposefsLayer, EscapesWhatOverlayfsWouldTake) {
  Xattrs xattrs = {{"trusted.overlay.opaque", "y"},
                   {"trusted.overlay.overlay.opaque", "y"},
                   {"trusted.overlays", "1"},
                   {"user.overlay.opaque", "y"}};
  escape_overlay(xattrs);
  EXPECT_EQ(xattrs, (Xattrs{{"trusted.overlay.overlay.opaque", "y"},
                            {"trusted.overlay.overlay.overlay.opaque", "y"},
                            {"trusted.overlays", "1"},
                            {"user.overlay.opaque", "y"}}));
}

TEST(ComposefsLayer, RefersToContent) {
  Node node;
  node.size = 7;
  node.xattrs = {{"user.a", "1"}};
  refer(node, "12/34", "00ff" + std::string(58, '1') + "Ab");
  EXPECT_EQ(node.holes.size(), 1U);
  ASSERT_EQ(node.xattrs.size(), 3U);
  const std::string& copy = node.xattrs[0].value;
  EXPECT_EQ(node.xattrs[0].name, "trusted.overlay.metacopy");
  ASSERT_EQ(copy.size(), 36U);
  EXPECT_EQ(copy.substr(0, 7), std::string("\0\x24\0\1\0\xff\x11", 7));
  EXPECT_EQ(copy[35], '\xab');
  EXPECT_EQ(node.xattrs[1], (Xattr{"trusted.overlay.redirect", "/12/34"}));
  Node bare;
  bare.size = 7;
  refer(bare, std::nullopt, std::nullopt);
  EXPECT_EQ(bare.xattrs, (Xattrs{{"trusted.overlay.metacopy", ""}}));
  refer(bare, "/x", std::nullopt);
  EXPECT_EQ(bare.xattrs[1].value, "/x");
}

Tree with_whiteouts() {
  Tree tree;
  Node root;
  root.type = Type::kDir;
  root.mode = 0700;
  root.uid = 5;
  root.mtime_sec = 9;
  root.xattrs = {{"security.selinux", "l"}, {"user.x", "y"}};
  EXPECT_TRUE(tree.put("/", root));
  Node gone;
  gone.type = Type::kChr;
  EXPECT_TRUE(tree.put("/d/gone", gone));
  gone.rdev_minor = 3;
  EXPECT_TRUE(tree.put("/e/null", gone));
  Node file;
  EXPECT_TRUE(tree.put("/7f", file));
  tree.finish();
  return tree;
}

TEST(ComposefsLayer, HidesTheDataAndKeepsWhiteouts) {
  Tree tree = with_whiteouts();
  complete_layer(tree);
  EXPECT_EQ(tree.at(Tree::kRoot).children.size(), 258U);
  EXPECT_EQ(tree.at(Tree::kRoot).xattrs,
            (Xattrs{{"security.selinux", "l"},
                    {"trusted.overlay.opaque", "y"},
                    {"user.x", "y"}}));
  const Node& hidden = tree.at(*tree.find("/0a"));
  EXPECT_EQ(hidden.type, Type::kChr);
  EXPECT_EQ(hidden.mode, 0644);
  EXPECT_EQ(hidden.uid, 5U);
  EXPECT_EQ(hidden.mtime_sec, 9);
  EXPECT_EQ(hidden.xattrs, (Xattrs{{"security.selinux", "l"}}));
  EXPECT_EQ(tree.at(*tree.find("/7f")).type, Type::kReg);
  const Node& gone = tree.at(*tree.find("/d/gone"));
  EXPECT_EQ(gone.type, Type::kReg);
  EXPECT_EQ(gone.xattrs, (Xattrs{{"trusted.overlay.overlay.whiteout", ""},
                                 {"user.overlay.whiteout", ""}}));
  EXPECT_EQ(tree.at(*tree.find("/d")).xattrs,
            (Xattrs{{"trusted.overlay.overlay.opaque", "x"},
                    {"trusted.overlay.overlay.whiteouts", ""},
                    {"user.overlay.opaque", "x"},
                    {"user.overlay.whiteouts", ""}}));
  EXPECT_EQ(tree.at(*tree.find("/e/null")).type, Type::kChr);
  EXPECT_TRUE(tree.at(*tree.find("/e")).xattrs.empty());
}

}  // namespace
}  // namespace erofs::tree
