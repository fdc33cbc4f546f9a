// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/set_xattr.h"

#include <gtest/gtest.h>

namespace erofs::tree {
namespace {

TEST(SetXattr, KeepsTheOrder) {
  Node node;
  set_xattr(node.xattrs, "user.b", "1");
  set_xattr(node.xattrs, "user.c", "2");
  set_xattr(node.xattrs, "user.a", "3");
  set_xattr(node.xattrs, "user.b", "4");
  const std::vector<Xattr> all = {
      {"user.a", "3"}, {"user.b", "4"}, {"user.c", "2"}};
  EXPECT_EQ(node.xattrs, all);
  set_xattr(node.xattrs, "user.b", std::nullopt);
  set_xattr(node.xattrs, "user.d", std::nullopt);
  const std::vector<Xattr> left = {{"user.a", "3"}, {"user.c", "2"}};
  EXPECT_EQ(node.xattrs, left);
}

}  // namespace
}  // namespace erofs::tree
