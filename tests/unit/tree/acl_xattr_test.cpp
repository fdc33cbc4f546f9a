// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/acl_xattr.h"

#include <gtest/gtest.h>

#include <string>

namespace erofs::tree {
namespace {

TEST(AclXattr, PutsLinesInOrder) {
  constexpr std::uint32_t kNobody = ~std::uint32_t{0};
  const std::string value = acl_xattr(
      {{0x20, 4, kNobody}, {0x02, 7, 258}, {0x02, 6, 3}, {0x01, 6, kNobody}});
  const std::string expected(
      "\x02\0\0\0"
      "\x01\0\x06\0\xff\xff\xff\xff"
      "\x02\0\x06\0\x03\0\0\0"
      "\x02\0\x07\0\x02\x01\0\0"
      "\x20\0\x04\0\xff\xff\xff\xff",
      36);
  EXPECT_EQ(value, expected);
}

}  // namespace
}  // namespace erofs::tree
