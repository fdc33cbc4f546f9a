// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/cluster_walk.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "support/budgets.h"
#include "support/cluster_file.h"
#include "support/matchers.h"

namespace erofs::map {
namespace {

using format::ClusterType;
using test::Bytes;
using test::ClusterFile;
using test::counted;
using test::head;
using test::head1;
using test::hex;
using test::IsLimit;
using test::IsMalformed;
using test::nonhead;
using test::plain;
using test::plenty;
using test::Succeeds;

// Where entry `lcn` of a full index stands.
constexpr std::uint64_t at(std::uint64_t lcn) {
  return ClusterFile::kFull + 8 * lcn;
}

// A file with a full index, 512-byte logical clusters.
class Walked {
 public:
  Walked(std::uint64_t size, const Bytes& entries)
      : file_(2048 + entries.size(), size, {}, test::kGap + entries) {
    header.lcluster_bits = 9;
  }
  Result<IndexExtent> around(std::uint64_t offset, Budget budget = plenty()) {
    auto index =
        ClusterIndex::open(file_.source(), {Place::kPrimary, 1064}, header,
                           file_.file.inode.size, file_.geometry);
    if (!index) return tl::unexpected<Fault>(index.error());
    return index_extent(*index, header, file_.file.inode.size, offset, budget);
  }

  decode::ClusterHeader header;

 private:
  ClusterFile file_;
};

void expect_extent(const Result<IndexExtent>& found, std::uint64_t lcn,
                   std::uint64_t start, std::uint64_t end,
                   std::uint64_t counted_end) {
  ASSERT_THAT(found, Succeeds());
  EXPECT_EQ(found->lcn, lcn);
  EXPECT_EQ(found->start, start);
  EXPECT_EQ(found->end, end);
  EXPECT_EQ(found->counted_end, counted_end);
}

TEST(ClusterWalk, ExtentsTileTheFile) {
  // [0, 700), [700, 1030), [1030, 1500) with a terminator.
  Walked file(1500, head1(0, 9) + head1(188, 10) + plain(6, 11) +
                        plain(1500 - 1024, 0));
  expect_extent(file.around(0), 0, 0, 700, 700);
  expect_extent(file.around(511), 0, 0, 700, 700);
  expect_extent(file.around(699), 0, 0, 700, 700);
  expect_extent(file.around(700), 1, 700, 1030, 1030);
  expect_extent(file.around(1029), 1, 700, 1030, 1030);
  // There is no fourth lcluster: that entry is not looked at.
  expect_extent(file.around(1030), 2, 1030, 1500, 1536);
  EXPECT_TRUE(file.around(1030)->tail);
  EXPECT_FALSE(file.around(700)->tail);
  EXPECT_EQ(file.around(700)->head.block, 10U);
}

TEST(ClusterWalk, ATerminatorEndsTheLastExtent) {
  Walked file(1500, head1(0, 9) + nonhead(1) + plain(476, 0));
  expect_extent(file.around(0), 0, 0, 1500, 1500);
  expect_extent(file.around(1499), 0, 0, 1500, 1500);
  EXPECT_TRUE(file.around(0)->tail);
  // One behind the end is taken for what it is.
  Walked late(1500, head1(0, 9) + nonhead(1) + plain(500, 0));
  expect_extent(late.around(1400), 0, 0, 1500, 1524);
  EXPECT_TRUE(late.around(0)->tail);
}

TEST(ClusterWalk, WithoutATerminator) {
  Walked file(1500, head1(0, 9) + nonhead(1) + nonhead(2));
  expect_extent(file.around(0), 0, 0, 1500, 1536);
  expect_extent(file.around(1499), 0, 0, 1500, 1536);
  Walked alone(300, head1(0, 9));
  expect_extent(alone.around(299), 0, 0, 300, 512);
  // An inline tail that begins in the last lcluster ends with the file.
  alone.header.idata_size = 20;
  expect_extent(alone.around(299), 0, 0, 300, 300);
  file.header.idata_size = 20;
  expect_extent(file.around(299), 0, 0, 1500, 1536);
}

TEST(ClusterWalk, TheFirstEntryBeginsTheFile) {
  constexpr RuleId kRule = RuleId::cluster_first_head;
  Walked none(1024, nonhead(1) + nonhead(2));
  EXPECT_THAT(none.around(0), IsMalformed(kRule, at(0), 1));
  Walked late(1024, head1(100, 9) + nonhead(1));
  EXPECT_THAT(late.around(99), IsMalformed(kRule, at(0), 100));
  expect_extent(late.around(100), 0, 100, 1024, 1024);
  // Seen from behind.
  EXPECT_THAT(none.around(600),
              IsMalformed(RuleId::cluster_lookback_nearest, at(1), 2));
  Walked back(1024, nonhead(0x7FF) + head1(5, 1));
  EXPECT_THAT(back.around(514), IsMalformed(kRule, at(0), 0x7FF));
  expect_extent(back.around(517), 1, 517, 1024, 1024);
}

TEST(ClusterWalk, OffsetsWithinTheLcluster) {
  constexpr RuleId kRule = RuleId::cluster_clusterofs_in_lcluster;
  Walked most(1024, head1(0, 9) + head1(511, 10));
  expect_extent(most.around(0), 0, 0, 1023, 1023);
  expect_extent(most.around(1023), 1, 1023, 1024, 1024);
  Walked over(1024, head1(0, 9) + head1(512, 10));
  EXPECT_THAT(over.around(0), IsMalformed(kRule, at(1), 512));
  EXPECT_THAT(over.around(600), IsMalformed(kRule, at(1), 512));
}

TEST(ClusterWalk, DistancesLeadToTheNearestBeginning) {
  constexpr RuleId kRule = RuleId::cluster_lookback_nearest;
  const auto with = [](std::uint32_t back) {
    return head1(0, 9) + head1(10, 10) + nonhead(1) + nonhead(back) +
           head1(4, 11);
  };
  Walked right(2560, with(2));
  expect_extent(right.around(1600), 1, 522, 2052, 2052);
  for (const std::uint32_t back : {0U, 1U, 3U, 4U, 0x7FFU}) {
    Walked wrong(2560, with(back));
    EXPECT_THAT(wrong.around(1600), IsMalformed(kRule, at(3), back)) << back;
    EXPECT_THAT(wrong.around(522), IsMalformed(kRule, at(3), back)) << back;
    // From the end of the extent the way back begins at that entry.
    EXPECT_THAT(wrong.around(2048), IsMalformed(kRule, at(3), back)) << back;
    EXPECT_THAT(wrong.around(0), Succeeds());
    EXPECT_THAT(wrong.around(2052), Succeeds());
  }
}

// An extent of `count` logical clusters, its distances saturated.
Bytes long_extent(std::uint32_t count, std::uint32_t saturated = 0x7FF) {
  Bytes entries = head1(0, 9);
  for (std::uint32_t i = 1; i < count; ++i) {
    entries = std::move(entries) + nonhead(i < 0x7FF ? i : saturated);
  }
  return entries;
}

TEST(ClusterWalk, SaturatedDistancesGoStepByStep) {
  constexpr std::uint64_t kCount = 5000;
  Walked file(kCount * 512, long_extent(kCount));
  expect_extent(file.around(0), 0, 0, kCount * 512, kCount * 512);
  for (const std::uint64_t lcn : {2047U, 2048U, 4094U, 4095U, 4999U}) {
    expect_extent(file.around(lcn * 512 + 3), 0, 0, kCount * 512, kCount * 512);
  }
  // 0x7FF is more than the distance from entry 2046.
  Bytes early = long_extent(kCount);
  early = patched(std::move(early), 2046 * 8, nonhead(0x7FF));
  EXPECT_THAT(Walked(kCount * 512, early).around(0),
              IsMalformed(RuleId::cluster_lookback_nearest, at(2046), 0x7FF));
  // Less than could be stored is wrong however far the beginning is.
  Bytes little = long_extent(kCount);
  little = patched(std::move(little), 3000 * 8, nonhead(0x7FE));
  EXPECT_THAT(Walked(kCount * 512, little).around(3000 * 512),
              IsMalformed(RuleId::cluster_lookback_nearest, at(3000), 0x7FE));
  EXPECT_THAT(Walked(kCount * 512, little).around(9),
              IsMalformed(RuleId::cluster_lookback_nearest, at(3000), 0x7FE));
}

TEST(ClusterWalk, ExactDistancesBeyondTheLimitAreFine) {
  Bytes entries = long_extent(0x1002);
  entries = patched(std::move(entries), 0x1001 * 8, nonhead(0x1001));
  Walked file(std::uint64_t{0x1002} * 512, entries);
  expect_extent(file.around(0x1001 * 512), 0, 0, 0x1002 * 512, 0x1002 * 512);
}

TEST(ClusterWalk, StopsWhereAnExtentIsTooLong) {
  constexpr std::uint32_t kCount = 24576 + 100;
  Walked file(std::uint64_t{kCount} * 512, long_extent(kCount));
  const auto found = file.around(0);
  ASSERT_THAT(found, Succeeds());
  EXPECT_EQ(found->counted_end, 24577U * 512);
  EXPECT_EQ(file.around(std::uint64_t{kCount} * 512 - 1)->counted_end,
            24577U * 512);
  // A fragment may be as long as it likes.
  file.header.fragment = true;
  EXPECT_EQ(file.around(0)->counted_end, std::uint64_t{kCount} * 512);
}

TEST(ClusterWalk, CountsNeedTheirBits) {
  constexpr RuleId kRule = RuleId::cluster_cblkcnt_needs_big;
  Walked file(1024, head1(0, 9) + counted(2));
  EXPECT_THAT(file.around(0), IsMalformed(kRule, at(1), 2));
  EXPECT_THAT(file.around(600), IsMalformed(kRule, at(1), 2));
  file.header.big_2 = true;
  EXPECT_THAT(file.around(0), IsMalformed(kRule, at(1), 2));
  file.header.big_1 = true;
  ASSERT_THAT(file.around(600), Succeeds());
  EXPECT_EQ(file.around(600)->blocks, 2U);
  // Those of the type that begins the extent.
  Walked raw(1024, plain(0, 9) + counted(2));
  raw.header.big_1 = true;
  EXPECT_THAT(raw.around(600), IsMalformed(kRule, at(1), 2));
  raw.header.big_2 = true;
  EXPECT_EQ(raw.around(600)->blocks, 2U);
}

TEST(ClusterWalk, CountsStandInOnePlace) {
  constexpr RuleId kRule = RuleId::cluster_cblkcnt_placed;
  Walked file(2048, head1(0, 9) + counted(2) + counted(3) + nonhead(3));
  file.header.big_1 = true;
  EXPECT_THAT(file.around(0), IsMalformed(kRule, at(2), 3));
  EXPECT_THAT(file.around(1100), IsMalformed(kRule, at(2), 3));
  EXPECT_THAT(file.around(2000), IsMalformed(kRule, at(2), 3));
}

TEST(ClusterWalk, CountsArePresent) {
  constexpr RuleId kRule = RuleId::cluster_cblkcnt_present;
  Walked none(1024, head1(0, 9) + nonhead(1));
  none.header.big_1 = true;
  EXPECT_THAT(none.around(0), IsMalformed(kRule, at(1), 0));
  Walked zero(1024, head1(0, 9) + counted(0));
  zero.header.big_1 = true;
  EXPECT_THAT(zero.around(700), IsMalformed(kRule, at(1), 0));
  // Where a beginning or nothing follows there is one block.
  Walked one(1500, head1(0, 9) + head1(0, 10) + plain(476, 0));
  one.header.big_1 = true;
  EXPECT_EQ(one.around(0)->blocks, 1U);
  EXPECT_EQ(one.around(600)->blocks, 1U);
  EXPECT_EQ(Walked(300, head1(0, 9)).around(0)->blocks, 1U);
}

TEST(ClusterWalk, TailsElsewhereNeedNoCount) {
  for (const Bytes& second : {nonhead(1), counted(0)}) {
    Walked file(1024, head1(0, 9) + second);
    file.header.big_1 = true;
    file.header.fragment = true;
    EXPECT_THAT(file.around(0), Succeeds());
    file.header.fragment = false;
    file.header.idata_size = 1;
    EXPECT_THAT(file.around(0), Succeeds());
    // But extents before the tail do.
    Walked two(1536, head1(0, 9) + second + head1(0, 10));
    two.header.big_1 = true;
    two.header.fragment = true;
    EXPECT_FALSE(two.around(0).has_value());
  }
}

TEST(ClusterWalk, EveryEntryIsAStep) {
  Walked file(5000 * 512, long_extent(5000));
  EXPECT_THAT(file.around(0, test::with_work(40000 + 5000)),
              IsLimit(RuleId::limit_work_reached));
  EXPECT_THAT(file.around(0, test::with_work(40000 + 5100)), Succeeds());
}

TEST(ClusterWalk, APackWithWrongDistancesHasNoAddresses) {
  // HEAD1, then a pack whose first distance leads nowhere.
  const ClusterFile file(
      2048, 4 * 512, {},
      hex("00 10 01 20 | 00 00 00 00") + hex("00 20 03 10 | 00 00 00 00"),
      format::Layout::kCompressedCompact);
  decode::ClusterHeader header;
  header.compact = true;
  header.lcluster_bits = 9;
  auto index = ClusterIndex::open(file.source(), {Place::kPrimary, 1064},
                                  header, 4 * 512, file.geometry);
  ASSERT_THAT(index, Succeeds());
  Budget budget = plenty();
  constexpr RuleId kRule = RuleId::cluster_lookback_nearest;
  EXPECT_THAT(index_extent(*index, header, 2048, 1600, budget),
              IsMalformed(kRule, ClusterFile::kTable + 8, 3));
  EXPECT_THAT(index_extent(*index, header, 2048, 0, budget),
              IsMalformed(kRule, ClusterFile::kTable + 8, 0));
}

}  // namespace
}  // namespace erofs::map
