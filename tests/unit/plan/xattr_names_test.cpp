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

TEST(XattrNames, KeepDigestsUnderNamesOfTheirOwn) {
  XattrNames names;
  EXPECT_EQ(names.add_prefix("trusted.erofs"), nullptr);
  EXPECT_EQ(names.add_digest("trusted.erofs.fp"), nullptr);
  EXPECT_EQ(names.digest(), 1U);
  const auto digest = names.stored("trusted.erofs.fp");
  ASSERT_TRUE(digest);
  EXPECT_EQ(digest->index, 0x81U);
  EXPECT_EQ(digest->suffix, "");
  EXPECT_EQ(digest->filter_bit,
            XattrNames().stored("trusted.erofs.fp")->filter_bit);
  EXPECT_EQ(names.stored("trusted.erofs.fpx")->index, 0x80U);

  XattrNames hidden;
  EXPECT_EQ(hidden.add_digest("fp.v1"), nullptr);
  EXPECT_EQ(test::hex_of(hidden.table()), "06 00 00 66 70 2e 76 31");
  EXPECT_EQ(hidden.stored("fp.v1")->index, 0x80U);
  EXPECT_FALSE(hidden.stored("fp.v2"));
  EXPECT_NE(XattrNames().add_digest(""), nullptr);
  EXPECT_NE(XattrNames().add_digest("system.posix_acl_access"), nullptr);
  EXPECT_NE(XattrNames().add_digest(std::string(256, 'x')), nullptr);
}

TEST(XattrNames, HaveAtMost128Prefixes) {
  XattrNames names;
  for (int i = 0; i < 128; ++i) {
    EXPECT_EQ(names.add_prefix("user.a" + std::to_string(i)), nullptr);
  }
  EXPECT_NE(names.add_prefix("user.b"), nullptr);
  EXPECT_NE(names.add_digest("user.b"), nullptr);
}

}  // namespace
}  // namespace erofs::plan
