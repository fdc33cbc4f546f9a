// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/index_records.h"

#include <gtest/gtest.h>

#include "support/hex_bytes.h"

namespace erofs::plan {
namespace {

constexpr std::uint8_t kZstd = 3;

TEST(ExtentRecords, NeedFourBytesForEqualExtentsInARow) {
  const std::vector<Extent> extents = {
      {.length = 16384, .stored = 7214, .start = 208896},
      {.length = 16384, .stored = 7208, .start = 216110},
      {.length = 7232, .stored = 4042, .start = 223318}};
  const MapFacts facts{.size = 40000, .algorithm = kZstd};
  const auto bytes = extent_records(extents, facts);
  EXPECT_EQ(bytes.size(), records_size(extents, facts));
  EXPECT_EQ(test::hex_of(bytes),
            "00 00 00 00 01 00 00 02 00 30 03 00 00 00 00 00 "
            "2e 1c 00 40 28 1c 00 40 ca 0f 00 40");
}

TEST(ExtentRecords, NeedEightBytesForEqualExtentsAnywhere) {
  std::vector<Extent> extents(
      2, {.length = 16384, .stored = 19, .start = 0x37000});
  extents.push_back({.length = 100,
                     .stored = 100,
                     .start = 0x5'0000DA80,
                     .form = Form::kFragment});
  const MapFacts facts{.size = 32868, .algorithm = kZstd};
  EXPECT_EQ(records_size(extents, facts), 32U);
  EXPECT_EQ(test::hex_of(extent_records(extents, facts)),
            "00 00 00 00 23 00 00 02 13 00 00 40 00 70 03 00 "
            "13 00 00 40 00 70 03 00 80 da 00 00 05 00 00 00");
}

TEST(ExtentRecords, SayWhereExtentsOfAnyLengthBegin) {
  const std::vector<Extent> extents = {
      {.length = 5000, .stored = 4096, .start = 0x1'0000'1000, .partial = true},
      {.length = 4096, .stored = 4096, .start = 0x3000, .form = Form::kRaw},
      {.length = 904, .stored = 4096, .start = 0x4000, .form = Form::kRaw}};
  const MapFacts facts{.size = 10000, .header_at = 8};
  EXPECT_EQ(records_size(extents, facts), 40U);
  // The two raw blocks lie in a row: one record has both.
  EXPECT_EQ(test::hex_of(extent_records(extents, facts)),
            "02 00 00 00 05 00 00 00 00 10 00 18 00 10 00 00 "
            "01 00 00 00 00 00 00 00 00 20 00 00 00 30 00 00 "
            "00 00 00 00 88 13 00 00");
}

TEST(ExtentRecords, AreAlignedInTheImage) {
  const std::vector<Extent> extents = {
      {.length = 5000, .stored = 4096, .start = 0x1000},
      {.length = 6000, .stored = 4096, .start = 0x2000}};
  const MapFacts facts{.size = 11000, .header_at = 16};
  EXPECT_EQ(records_size(extents, facts), 8U + 8 + 32);
  const MapFacts large{.size = std::uint64_t{1} << 32, .header_at = 8};
  EXPECT_EQ(records_size(extents, large), 8U + 16 + 64);
}

TEST(ExtentRecords, KnowNoTailBehindTheInode) {
  EXPECT_TRUE(records_can(std::vector<Extent>{{.length = 1}}));
  EXPECT_FALSE(
      records_can(std::vector<Extent>{{.length = 1, .form = Form::kInline}}));
  EXPECT_FALSE(records_can(
      std::vector<Extent>{{.length = 1, .form = Form::kInlineRaw}}));
}

}  // namespace
}  // namespace erofs::plan
