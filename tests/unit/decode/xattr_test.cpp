// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/xattr.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "support/budgets.h"
#include "support/hex.h"
#include "support/matchers.h"

namespace erofs::decode {
namespace {

using test::Bytes;
using test::hex;
using test::IsLimit;
using test::IsMalformed;
using test::repeat;
using test::Succeeds;
using test::text_bytes;
using test::view;

constexpr Place kAt{Place::kPrimary, 2112};

// One shared id, user.empty = "" and user.uniq6 = "v6".
Bytes sample() {
  return hex(
      "fb df fe ff | 01 | 00 00 00 00 00 00 00 | 20 01 00 00 |"
      "05 01 00 00 65 6d 70 74 79 00 00 00 |"
      "05 01 02 00 75 6e 69 71 36 76 36 00");
}

Result<XattrBody> decode(const Bytes& bytes) {
  Budget budget = test::plenty();
  return xattr_body(view(bytes), kAt, budget);
}

TEST(XattrBody, ReadsIdsAndEntries) {
  const Bytes bytes = sample();
  const auto body = decode(bytes);
  ASSERT_THAT(body, Succeeds());
  EXPECT_EQ(body->name_filter, 0xFFFEDFFBU);
  EXPECT_EQ(body->shared_ids, std::vector<std::uint32_t>{288});
  ASSERT_EQ(body->entries.size(), 2U);
  EXPECT_EQ(body->entries[0].name_index, 1);
  EXPECT_EQ(body->entries[0].suffix, "empty");
  EXPECT_TRUE(body->entries[0].value.empty());
  EXPECT_EQ(body->entries[0].at, kAt.plus(16));
  EXPECT_EQ(body->entries[0].size, 12U);
  EXPECT_EQ(body->entries[1].suffix, "uniq6");
  EXPECT_EQ(body->entries[1].value.text(), "v6");
  EXPECT_EQ(body->entries[1].at, kAt.plus(28));
}

TEST(XattrBody, FillersAreNoEntries) {
  const Bytes bytes =
      hex("ff ff ff ff 00 00 00 00 00 00 00 00 |"
          "00 00 00 00 | 01 06 00 00 61 00 00 00 |"
          "00 00 00 00 | 00 00 00 00");
  const auto body = decode(bytes);
  ASSERT_THAT(body, Succeeds());
  ASSERT_EQ(body->entries.size(), 1U);
  EXPECT_EQ(body->entries[0].suffix, "a");
  EXPECT_EQ(body->entries[0].at, kAt.plus(16));
}

TEST(XattrBody, AnEmptyNameIsAnEntryAllTheSame) {
  const Bytes head = hex("00 00 00 00 00 00 00 00 00 00 00 00");
  // The access ACL, hidden names with a value, and a long prefix alone.
  const Bytes bytes = head + hex("00 02 00 00 | 00 00 01 00 78 00 00 00 |"
                                 "00 80 00 00");
  const auto body = decode(bytes);
  ASSERT_THAT(body, Succeeds());
  ASSERT_EQ(body->entries.size(), 3U);
  EXPECT_EQ(body->entries[0].name_index, 2);
  EXPECT_EQ(body->entries[1].value.text(), "x");
  EXPECT_EQ(body->entries[2].name_index, 0x80);
}

TEST(XattrBody, SharedIdsMayFillIt) {
  const Bytes head = hex("00 00 00 00 02 00 00 00 00 00 00 00");
  const Bytes fits = head + hex("01 00 00 00 ff ff ff ff");
  const auto body = decode(fits);
  ASSERT_THAT(body, Succeeds());
  EXPECT_EQ(body->shared_ids, (std::vector<std::uint32_t>{1, 0xFFFFFFFF}));
  EXPECT_TRUE(body->entries.empty());
}

TEST(XattrBody, SharedIdsMustFit) {
  const Bytes head = hex("00 00 00 00 02 00 00 00 00 00 00 00");
  EXPECT_THAT(decode(head + hex("01 00 00 00")),
              IsMalformed(RuleId::xattr_shared_count_fit, 2116, 2));
  EXPECT_THAT(decode(head + hex("01 00 00 00 02 00 00")),
              IsMalformed(RuleId::xattr_shared_count_fit, 2116, 2));
  const Bytes most = hex("00 00 00 00 ff 00 00 00 00 00 00 00");
  EXPECT_THAT(decode(most + repeat(0, 1016)),
              IsMalformed(RuleId::xattr_shared_count_fit, 2116, 255));
  EXPECT_THAT(decode(most + repeat(0, 1020)), Succeeds());
}

TEST(XattrBody, NeedsItsHeader) {
  EXPECT_THAT(decode(repeat(0, 11)),
              IsMalformed(RuleId::xattr_shared_count_fit, 2112, 11));
  EXPECT_THAT(decode(repeat(0, 12)), Succeeds());
}

TEST(XattrBody, EntriesMustFit) {
  const Bytes head = hex("00 00 00 00 00 00 00 00 00 00 00 00");
  EXPECT_THAT(decode(head + hex("01 01 00 00")),
              IsMalformed(RuleId::xattr_entry_fit, 2124, 8));
  EXPECT_THAT(decode(head + hex("00 00 00 00 01 01 ff ff 61 00 00 00")),
              IsMalformed(RuleId::xattr_entry_fit, 2128, 65540));
  EXPECT_THAT(decode(head + hex("00 00")),
              IsMalformed(RuleId::xattr_entry_fit, 2124, 2));
}

TEST(XattrBody, ChargesItsBytes) {
  const Bytes bytes = sample();
  Budget enough = test::with_work(bytes.size());
  EXPECT_THAT(xattr_body(view(bytes), kAt, enough), Succeeds());
  Budget less = test::with_work(bytes.size() - 1);
  EXPECT_THAT(xattr_body(view(bytes), kAt, less),
              IsLimit(RuleId::limit_work_reached));
}

TEST(XattrEntrySize, RoundsUpToFour) {
  const Bytes none = hex("00 00 00 00");
  const Bytes one = hex("01 00 00 00");
  const Bytes four = hex("02 00 02 00");
  const Bytes most = hex("ff 00 ff ff");
  EXPECT_EQ(xattr_entry_size(view(none), kAt), 4U);
  EXPECT_EQ(xattr_entry_size(view(one), kAt), 8U);
  EXPECT_EQ(xattr_entry_size(view(four), kAt), 8U);
  EXPECT_EQ(xattr_entry_size(view(most), kAt), 65796U);
  const Bytes cut = hex("00 00 00");
  EXPECT_THAT(xattr_entry_size(view(cut), kAt),
              IsMalformed(RuleId::xattr_entry_fit, 2112, 3));
}

TEST(XattrEntry, ReadsOneAndIgnoresTheRest) {
  const Bytes bytes =
      hex("06 01 0a 00") + text_bytes("commonsame-value") + hex("ff ff ff ff");
  const auto entry = xattr_entry(view(bytes), kAt);
  ASSERT_THAT(entry, Succeeds());
  EXPECT_EQ(entry->suffix, "common");
  EXPECT_EQ(entry->value.text(), "same-value");
  EXPECT_EQ(entry->size, 20U);
  EXPECT_TRUE(entry->padding_zero);
  EXPECT_FALSE(entry->filler());
}

TEST(XattrEntry, PaddingBelongsToIt) {
  const Bytes whole = hex("02 01 01 00 61 62 63 00");
  const Bytes dirty = hex("02 01 01 00 61 62 63 01");
  const Bytes cut = hex("02 01 01 00 61 62 63");
  EXPECT_TRUE(xattr_entry(view(whole), kAt)->padding_zero);
  ASSERT_THAT(xattr_entry(view(dirty), kAt), Succeeds());
  EXPECT_FALSE(xattr_entry(view(dirty), kAt)->padding_zero);
  EXPECT_THAT(xattr_entry(view(cut), kAt),
              IsMalformed(RuleId::xattr_entry_fit, 2112, 8));
}

TEST(XattrEntry, FourZeroBytesAreAFiller) {
  const Bytes zero = hex("00 00 00 00");
  EXPECT_TRUE(xattr_entry(view(zero), kAt)->filler());
  const Bytes index = hex("00 01 00 00");
  EXPECT_FALSE(xattr_entry(view(index), kAt)->filler());
}

}  // namespace
}  // namespace erofs::decode
