// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/acl.h"

#include <gtest/gtest.h>

#include "support/hex.h"

namespace erofs::read {
namespace {

using test::Bytes;
using test::hex;
using test::view;

std::optional<Bytes> acl(std::string_view spelled) {
  const Bytes stored = hex(spelled);
  const auto out = linux_acl(view(stored));
  if (!out) return std::nullopt;
  return test::text_bytes(*out);
}

constexpr std::string_view kFull =
    "02000000 | 0100 0600 ffffffff | 0200 0700 d2040000 | 0400 0400 ffffffff |"
    "0800 0400 4d000000 | 1000 0700 ffffffff | 2000 0400 ffffffff";

TEST(Acl, CanonicalStaysAsItIs) { EXPECT_EQ(acl(kFull), hex(kFull)); }

TEST(Acl, IdsOfTagsWithoutOneAreReplaced) {
  EXPECT_EQ(acl("02000000 | 0100 0600 05000000 | 0400 0400 00000000 |"
                "1000 0700 01000000 | 2000 0400 02000000"),
            hex("02000000 | 0100 0600 ffffffff | 0400 0400 ffffffff |"
                "1000 0700 ffffffff | 2000 0400 ffffffff"));
}

TEST(Acl, OrderPermissionsAndDuplicatesPass) {
  constexpr std::string_view kOdd =
      "02000000 | 2000 ffff ffffffff | 0200 0000 00000000 |"
      "0200 0000 00000000";
  EXPECT_EQ(acl(kOdd), hex(kOdd));
}

TEST(Acl, WhatLinuxRefuses) {
  EXPECT_EQ(acl(""), std::nullopt);
  EXPECT_EQ(acl("020000"), std::nullopt);
  EXPECT_EQ(acl("02000000"), std::nullopt);  // no entries: no ACL
  EXPECT_EQ(acl("01000000 | 0100 0600 ffffffff"), std::nullopt);
  EXPECT_EQ(acl("02000000 | 0100 0600 ffffff"), std::nullopt);
  EXPECT_EQ(acl("02000000 | 0100 0600 ffffffff 00"), std::nullopt);
  EXPECT_EQ(acl("02000000 | 0300 0600 ffffffff"), std::nullopt);
  EXPECT_EQ(acl("02000000 | 0001 0600 ffffffff"), std::nullopt);
  EXPECT_EQ(acl("02000000 | 0200 0600 ffffffff"), std::nullopt);
  EXPECT_EQ(acl("02000000 | 0800 0600 ffffffff"), std::nullopt);
}

}  // namespace
}  // namespace erofs::read
