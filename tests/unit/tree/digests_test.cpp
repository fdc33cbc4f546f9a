// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/digests.h"

#include <gtest/gtest.h>

#include "support/emit_tree.h"
#include "support/hex_bytes.h"

namespace erofs::tree {
namespace {

std::string hex(const std::string& text) {
  return test::hex_of(std::as_bytes(std::span(text)));
}

TEST(Digests, AreThoseOfContents) {
  Tree tree;
  std::vector<std::byte> abc = {std::byte{'a'}, std::byte{'b'}, std::byte{'c'}};
  EXPECT_TRUE(tree.put("/abc", test::file_of(abc)));
  EXPECT_TRUE(tree.put("/empty", Node()));
  Node hole;
  hole.size = 3U << 20;
  EXPECT_TRUE(tree.put("/hole", hole));
  tree.finish();
  ASSERT_FALSE(set_digests("user.sum", tree));
  const Node& node = tree.at(*tree.find("/abc"));
  ASSERT_EQ(node.xattrs.size(), 1U);
  EXPECT_EQ(node.xattrs[0].name, "user.sum");
  const std::string& value = node.xattrs[0].value;
  ASSERT_EQ(value.size(), 39U);
  EXPECT_EQ(value.substr(0, 7), "sha256:");
  // FIPS 180-2, appendix B.1.
  EXPECT_EQ(hex(value.substr(7, 8)), "ba 78 16 bf 8f 01 cf ea");
  EXPECT_EQ(hex(value.substr(35)), "f2 00 15 ad");
  EXPECT_TRUE(tree.at(*tree.find("/empty")).xattrs.empty());
  EXPECT_EQ(tree.at(*tree.find("/hole")).xattrs.size(), 1U);
  EXPECT_TRUE(tree.at(Tree::kRoot).xattrs.empty());
}

TEST(Digests, AreNotMadeOfHolesWithoutEnd) {
  Tree tree;
  Node hole;
  hole.size = std::uint64_t{1} << 50;
  EXPECT_TRUE(tree.put("/hole", hole));
  tree.finish();
  const auto trouble = set_digests("user.sum", tree);
  ASSERT_TRUE(trouble);
  EXPECT_EQ(trouble->where, "/hole");
}

TEST(Digests, NameTheFileThatCannotBeRead) {
  Tree tree;
  EXPECT_TRUE(
      tree.put("/d/bad", test::file_of(std::vector<std::byte>(9), EIO)));
  tree.finish();
  const auto trouble = set_digests("user.sum", tree);
  ASSERT_TRUE(trouble);
  EXPECT_EQ(trouble->where, "/d/bad");
  EXPECT_EQ(trouble->number, EIO);
}

}  // namespace
}  // namespace erofs::tree
