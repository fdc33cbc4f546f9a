// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/labels.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

namespace erofs::tree {
namespace {

std::string contexts() {
  const std::string path = testing::TempDir() + "/contexts";
  std::ofstream(path) << "/.*\tu:r:any:s0\n"
                         "/sys(/.*)?\t-d\tu:r:dir:s0\n"
                         "/sys/none/.*\t<<none>>\n"
                         "/sys/one\t--\tu:r:one:s0\n";
  return path;
}

std::string label_of(const Tree& tree, const std::string& path) {
  const Node& node = tree.at(*tree.find(path));
  for (const Xattr& each : node.xattrs) {
    if (each.name == "security.selinux") return each.value;
  }
  return "none";
}

Tree sample() {
  Tree tree;
  Node one;
  one.xattrs = {{"security.selinux", "old"}, {"user.a", ""}};
  Node link;
  link.type = Type::kLnk;
  EXPECT_TRUE(tree.put("/one", one));
  EXPECT_TRUE(tree.put("/none/two", one));
  EXPECT_TRUE(tree.put("/dir/link", link));
  tree.finish();
  return tree;
}

TEST(Labels, FollowPathsAndTypes) {
  const auto labels = Labels::open(contexts());
  ASSERT_TRUE(labels) << labels.error().reason;
  const auto file = (*labels)->of("/sys/one", S_IFREG | 0644);
  ASSERT_TRUE(file);
  EXPECT_EQ(*file, "u:r:one:s0");
  const auto directory = (*labels)->of("/sys/one", S_IFDIR | 0755);
  ASSERT_TRUE(directory);
  EXPECT_EQ(*directory, "u:r:dir:s0");
  const auto none = (*labels)->of("/sys/none/x", S_IFREG);
  ASSERT_TRUE(none);
  EXPECT_FALSE(*none);
}

TEST(Labels, TakeThePlaceOfThoseOfTheSource) {
  const auto labels = Labels::open(contexts());
  ASSERT_TRUE(labels);
  Tree tree = sample();
  ASSERT_FALSE(set_labels(**labels, "sys/", tree));
  EXPECT_EQ(label_of(tree, "/"), "u:r:dir:s0");
  EXPECT_EQ(label_of(tree, "/one"), "u:r:one:s0");
  EXPECT_EQ(label_of(tree, "/none/two"), "none");
  EXPECT_EQ(label_of(tree, "/dir"), "u:r:dir:s0");
  EXPECT_EQ(label_of(tree, "/dir/link"), "u:r:any:s0");
  EXPECT_EQ(tree.at(*tree.find("/one")).xattrs.size(), 2U);
  Tree other = sample();
  ASSERT_FALSE(set_labels(**labels, "/", other));
  EXPECT_EQ(label_of(other, "/one"), "u:r:any:s0");
}

TEST(Labels, NeedAFile) {
  const auto labels = Labels::open("/nowhere/contexts");
  ASSERT_FALSE(labels);
  EXPECT_EQ(labels.error().where, "/nowhere/contexts");
}

}  // namespace
}  // namespace erofs::tree
