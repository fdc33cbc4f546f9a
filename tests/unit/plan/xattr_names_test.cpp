// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/xattr_names.h"

#include <gtest/gtest.h>

#include "support/hex_bytes.h"

namespace erofs::plan {
namespace {

TEST(XattrNames, SplitsByNamespace) {
  const XattrNames names;
  const auto user = names.stored("user.common");
  ASSERT_TRUE(user);
  EXPECT_EQ(user->index, 1U);
  EXPECT_EQ(user->suffix, "common");
  const auto acl = names.stored("system.posix_acl_access");
  ASSERT_TRUE(acl);
  EXPECT_EQ(acl->index, 2U);
  EXPECT_EQ(acl->suffix, "");
  EXPECT_FALSE(names.stored("user."));
  EXPECT_FALSE(names.stored("system.nfs4_acl"));
  EXPECT_FALSE(names.stored("system.posix_acl_access2"));
  EXPECT_TRUE(names.stored("user." + std::string(250, 'x')));
  EXPECT_FALSE(names.stored("user." + std::string(251, 'x')));
}

// Bits that the kernel's filter has for well-known names.
TEST(XattrNames, KnowsTheFilterBits) {
  const XattrNames names;
  EXPECT_EQ(names.stored("system.posix_acl_access")->filter_bit, 30U);
  EXPECT_EQ(names.stored("system.posix_acl_default")->filter_bit, 21U);
  EXPECT_EQ(names.stored("security.selinux")->filter_bit, 11U);
}

TEST(XattrNames, UsesLongPrefixes) {
  XattrNames names;
  EXPECT_EQ(names.add_prefix("trusted.overlay."), nullptr);
  EXPECT_EQ(names.add_prefix("user.un"), nullptr);
  EXPECT_NE(names.add_prefix("user."), nullptr);
  EXPECT_NE(names.add_prefix("other.x"), nullptr);
  EXPECT_EQ(test::hex_of(names.table()),
            "09 00 04 6f 76 65 72 6c 61 79 2e 00 03 00 01 75 6e");
  const auto origin = names.stored("trusted.overlay.origin");
  EXPECT_EQ(origin->index, 0x80U);
  EXPECT_EQ(origin->suffix, "origin");
  EXPECT_EQ(names.stored("user.uniq1")->index, 0x81U);
  EXPECT_EQ(names.stored("user.other")->index, 1U);
}

}  // namespace
}  // namespace erofs::plan
