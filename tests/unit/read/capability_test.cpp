// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/capability.h"

#include <gtest/gtest.h>

#include "support/hex.h"

namespace erofs::read {
namespace {

using test::Bytes;
using test::hex;
using test::view;

constexpr std::string_view kSets = "01000000 02000000 03000000 04000000";

std::optional<Bytes> capability(std::string_view magic, std::string_view root) {
  const Bytes stored = hex(magic) + hex(kSets) + hex(root);
  const auto out = linux_capability(view(stored));
  if (!out) return std::nullopt;
  return test::text_bytes(*out);
}

TEST(Capability, Version2StaysAsItIs) {
  EXPECT_EQ(capability("00000002", ""), hex("00000002") + hex(kSets));
  EXPECT_EQ(capability("01000002", ""), hex("01000002") + hex(kSets));
}

TEST(Capability, Version3OfRootComesAsVersion2) {
  EXPECT_EQ(capability("00000003", "00000000"), hex("00000002") + hex(kSets));
  EXPECT_EQ(capability("01000003", "00000000"), hex("01000002") + hex(kSets));
}

TEST(Capability, Version3OfOthersStaysAsItIs) {
  EXPECT_EQ(capability("01000003", "e8030000"),
            hex("01000003") + hex(kSets) + hex("e8030000"));
  EXPECT_EQ(capability("00000003", "ffffffff"), std::nullopt);
}

TEST(Capability, WhatLinuxRefuses) {
  EXPECT_EQ(capability("02000002", ""), std::nullopt);
  EXPECT_EQ(capability("00000102", ""), std::nullopt);
  EXPECT_EQ(capability("00000003", ""), std::nullopt);
  EXPECT_EQ(capability("00000002", "00000000"), std::nullopt);
  EXPECT_EQ(capability("00000001", ""), std::nullopt);
  EXPECT_EQ(capability("00000002", "00"), std::nullopt);
  EXPECT_EQ(linux_capability(ByteView()), std::nullopt);
}

}  // namespace
}  // namespace erofs::read
