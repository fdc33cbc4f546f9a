// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/xattr_prefix.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "support/hex.h"
#include "support/matchers.h"

namespace erofs::decode {
namespace {

using test::Bytes;
using test::hex;
using test::IsMalformed;
using test::repeat;
using test::Succeeds;
using test::text_bytes;
using test::view;

constexpr RuleId kLength = RuleId::xattr_prefix_length;
constexpr Place kAt{Place::kPrimary, 1172};

TEST(XattrPrefixSize, IsOneTo256) {
  const Bytes one = hex("01 00");
  const Bytes most = hex("00 01");
  EXPECT_EQ(xattr_prefix_size(view(one), kAt), 1U);
  EXPECT_EQ(xattr_prefix_size(view(most), kAt), 256U);
  const Bytes none = hex("00 00");
  const Bytes more = hex("01 01");
  EXPECT_THAT(xattr_prefix_size(view(none), kAt),
              IsMalformed(kLength, 1172, 0));
  EXPECT_THAT(xattr_prefix_size(view(more), kAt),
              IsMalformed(kLength, 1172, 257));
}

TEST(XattrPrefixSize, NeedsItsField) {
  const Bytes half = hex("01");
  EXPECT_THAT(xattr_prefix_size(view(half), kAt),
              IsMalformed(kLength, 1172, 1));
  EXPECT_THAT(xattr_prefix_size(ByteView(), kAt),
              IsMalformed(kLength, 1172, 0));
}

TEST(XattrPrefix, SplitsBaseAndInfix) {
  const Bytes record = hex("09 00 04") + text_bytes("overlay.");
  const auto prefix = xattr_prefix(view(record), kAt);
  ASSERT_THAT(prefix, Succeeds());
  EXPECT_EQ(prefix->base_index, 4);
  EXPECT_EQ(prefix->infix, "overlay.");
  EXPECT_EQ(prefix->at, kAt);
}

TEST(XattrPrefix, TheInfixMayBeEmptyOrLong) {
  const Bytes empty = hex("01 00 01");
  EXPECT_EQ(xattr_prefix(view(empty), kAt)->infix, "");
  const Bytes most = hex("00 01 06") + repeat('x', 255);
  EXPECT_EQ(xattr_prefix(view(most), kAt)->infix, std::string(255, 'x'));
}

TEST(XattrPrefix, NeedsExactlyItsBytes) {
  const Bytes cut = hex("09 00 04") + text_bytes("overlay");
  const Bytes more = hex("09 00 04") + text_bytes("overlay.x");
  const Bytes bare = hex("01 00");
  EXPECT_THAT(xattr_prefix(view(cut), kAt), IsMalformed(kLength, 1172, 9));
  EXPECT_THAT(xattr_prefix(view(more), kAt), IsMalformed(kLength, 1172, 9));
  EXPECT_THAT(xattr_prefix(view(bare), kAt), IsMalformed(kLength, 1172, 1));
  const Bytes zero = hex("00 00 00");
  EXPECT_THAT(xattr_prefix(view(zero), kAt), IsMalformed(kLength, 1172, 0));
}

}  // namespace
}  // namespace erofs::decode
