// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/cluster_compact.h"

#include <gtest/gtest.h>

#include <array>

#include "support/hex.h"

namespace erofs::decode {
namespace {

using format::ClusterType;
using test::Bytes;
using test::hex;
using test::view;

CompactPack pack(const Bytes& bytes, bool big, unsigned bits = 12) {
  return cluster_compact(view(bytes), bits, big);
}

void expect_head(const Lcluster& entry, ClusterType type, std::uint32_t offset,
                 std::uint64_t block) {
  EXPECT_EQ(entry.type, type);
  EXPECT_EQ(entry.clusterofs, offset);
  EXPECT_EQ(entry.block, block);
  EXPECT_TRUE(entry.addressed);
}

void expect_back(const Lcluster& entry, std::uint32_t back) {
  EXPECT_EQ(entry.type, ClusterType::kNonhead);
  EXPECT_FALSE(entry.counts);
  EXPECT_FALSE(entry.has_forward);
  EXPECT_EQ(entry.back, back);
}

TEST(CompactPack, TwoEntries) {
  // HEAD1 at 0 and at 0x871; the base is the block before the first.
  const auto heads = pack(hex("00 10 71 18 | 02 00 00 00"), false);
  ASSERT_EQ(heads.count, 2U);
  expect_head(heads.entries[0], ClusterType::kHead1, 0, 3);
  expect_head(heads.entries[1], ClusterType::kHead1, 0x871, 4);
  // A PLAIN and a last slot, which tells how far the next beginning is.
  const auto last = pack(hex("64 00 05 20 | 09 00 00 00"), false);
  expect_head(last.entries[0], ClusterType::kPlain, 100, 10);
  EXPECT_EQ(last.entries[1].back, 1U);
  EXPECT_TRUE(last.entries[1].has_forward);
  EXPECT_EQ(last.entries[1].forward, 5U);
  // Its own distance follows from the slot before.
  const auto both = pack(hex("04 20 01 20 | 09 00 00 00"), false);
  expect_back(both.entries[0], 4);
  EXPECT_EQ(both.entries[1].back, 5U);
  EXPECT_EQ(both.entries[1].forward, 1U);
}

TEST(CompactPack, LargerLclusters) {
  const auto found = pack(hex("ff 7f 01 a0 | 02 00 00 00"), false, 14);
  expect_head(found.entries[0], ClusterType::kHead1, 0x3FFF, 3);
  EXPECT_EQ(found.entries[1].type, ClusterType::kNonhead);
  EXPECT_EQ(found.entries[1].forward, 0x2001U);
}

TEST(CompactPack, SmallLclustersHaveTwelveBits) {
  const auto found = pack(hex("00 10 71 18 | 02 00 00 00"), false, 9);
  EXPECT_EQ(found.entries[1].clusterofs, 0x871U);
}

TEST(CompactPack, SixteenEntries) {
  const auto found =
      pack(hex("00 50 00 c8 12 45 c0 ff 4f 00 28 00 0e 80 05 50 00 28 00 0e"
               "80 04 60 01 68 00 26 80 | 00 10 00 00"),
           false);
  ASSERT_EQ(found.count, 16U);
  const auto& e = found.entries;
  expect_head(e[0], ClusterType::kHead1, 0, 0x1001);
  expect_back(e[1], 1);
  expect_head(e[2], ClusterType::kHead1, 300, 0x1002);
  expect_head(e[3], ClusterType::kHead2, 17, 0x1003);
  expect_head(e[4], ClusterType::kPlain, 4095, 0x1004);
  for (std::uint32_t i = 1; i < 4; ++i) expect_back(e[4 + i], i);
  expect_head(e[8], ClusterType::kHead1, 5, 0x1005);
  for (std::uint32_t i = 1; i < 7; ++i) expect_back(e[8 + i], i);
  EXPECT_EQ(e[15].back, 7U);
  EXPECT_TRUE(e[15].has_forward);
  EXPECT_EQ(e[15].forward, 9U);
}

TEST(CompactPack, BlockCounts) {
  // The count in slot 0 is that of an extent which began before the pack.
  const auto found =
      pack(hex("03 a8 00 38 00 1e 40 05 a8 00 18 00 09 00 10 a8 00 38 00 12"
               "80 05 a0 01 98 00 09 a0 | 00 02 00 00"),
           true);
  const auto& e = found.entries;
  EXPECT_TRUE(e[0].counts);
  EXPECT_EQ(e[0].blocks, 3U);
  EXPECT_EQ(e[0].back, 1U);
  expect_back(e[1], 2);
  expect_head(e[3], ClusterType::kHead1, 7, 0x203);
  EXPECT_EQ(e[4].blocks, 5U);
  expect_head(e[6], ClusterType::kHead1, 1, 0x208);
  expect_head(e[7], ClusterType::kPlain, 2, 0x209);
  EXPECT_EQ(e[8].blocks, 16U);
  expect_head(e[14], ClusterType::kHead1, 9, 0x219);
  // A count comes before everything else, in the last slot too.
  EXPECT_TRUE(e[15].counts);
  EXPECT_EQ(e[15].blocks, 2U);
  EXPECT_FALSE(e[15].has_forward);
}

TEST(CompactPack, DistancesThatCouldNotBeStored) {
  const auto found =
      pack(hex("ff e7 ff f9 7f fe 9f ff e7 ff f9 7f fe 9f ff e7 ff f9 7f fe"
               "9f ff e7 ff f9 7f fe 9f | 77 00 00 00"),
           false);
  for (std::size_t i = 0; i < 15; ++i) expect_back(found.entries[i], 0x7FF);
  EXPECT_EQ(found.entries[15].back, 0x800U);
  EXPECT_FALSE(found.entries[15].counts);
  EXPECT_EQ(found.entries[15].forward, 0x7FFU);
}

TEST(CompactPack, AddressesDoNotWrap) {
  const auto found = pack(hex("00 10 71 18 | ff ff ff ff"), false);
  EXPECT_EQ(found.entries[0].block, 0x100000000U);
  EXPECT_EQ(found.entries[1].block, 0x100000001U);
}

TEST(CompactPack, AWrongDistanceLeavesNoAddress) {
  const auto addressed = [](const char* text, bool big) {
    return pack(hex(text), big).entries[1].addressed;
  };
  // Slot 0 leads before the pack, or to itself.
  EXPECT_TRUE(addressed("01 20 03 10 | 09 00 00 00", false));
  EXPECT_FALSE(addressed("00 20 03 10 | 09 00 00 00", false));
  // A count has no place without the bits for it.
  EXPECT_FALSE(addressed("02 28 03 10 | 09 00 00 00", false));
  EXPECT_TRUE(addressed("02 28 03 10 | 09 00 00 00", true));
  // With them there is one right behind a beginning, in slot 0 too.
  EXPECT_FALSE(addressed("01 20 03 10 | 09 00 00 00", true));
  EXPECT_TRUE(addressed("02 20 03 10 | 09 00 00 00", true));
}

// Sixteen entries of 14 bits, bit by bit.
Bytes long_pack(const std::array<unsigned, 16>& entries) {
  Bytes bytes = test::repeat(0, 32);
  std::size_t bit = 0;
  for (const unsigned entry : entries) {
    for (unsigned i = 0; i < 14; ++i, ++bit) {
      if ((entry >> i & 1) != 0) bytes[bit / 8] |= std::byte{1} << bit % 8;
    }
  }
  return bytes;
}

TEST(CompactPack, WithinAPackDistancesAreExact) {
  std::array<unsigned, 16> entries{};
  entries.fill(0x1000);
  entries[4] = 0x2001;
  entries[5] = 0x2002;
  const auto right = pack(long_pack(entries), false);
  expect_head(right.entries[6], ClusterType::kHead1, 0, 5);
  expect_head(right.entries[14], ClusterType::kHead1, 0, 13);
  // Linux would count the beginning in slot 3 twice.
  entries[5] = 0x2001;
  const auto wrong = pack(long_pack(entries), false);
  EXPECT_TRUE(wrong.entries[3].addressed);
  EXPECT_EQ(wrong.entries[5].back, 1U);
  EXPECT_FALSE(wrong.entries[6].addressed);
  EXPECT_FALSE(wrong.entries[14].addressed);
  // A distance that is saturated leads before the pack, or nowhere.
  entries[5] = 0x27FF;
  EXPECT_FALSE(pack(long_pack(entries), false).entries[6].addressed);
}

TEST(CompactPack, OtherSizesHaveNoEntries) {
  EXPECT_EQ(pack(hex("00 10 71 18 02 00 00"), false).count, 0U);
  EXPECT_EQ(pack({}, true).count, 0U);
}

TEST(CompactRegions, ShortLongShort) {
  // 0x5a8 is 8 behind a multiple of 32: 6 short entries, 16 long, 10 short.
  const CompactRegions regions(0x5A8, 32, true);
  EXPECT_EQ(regions.start(), 0x5A8U);
  EXPECT_EQ(regions.pack(0).offset, 0x5A8U);
  EXPECT_EQ(regions.pack(5).offset, 0x5B8U);
  EXPECT_EQ(regions.pack(5).first, 4U);
  EXPECT_EQ(regions.pack(5).size, 8U);
  EXPECT_EQ(regions.pack(5).count, 2U);
  EXPECT_EQ(regions.pack(6).offset, 0x5C0U);
  EXPECT_EQ(regions.pack(21).first, 6U);
  EXPECT_EQ(regions.pack(21).size, 32U);
  EXPECT_EQ(regions.pack(21).count, 16U);
  EXPECT_EQ(regions.pack(22).offset, 0x5E0U);
  EXPECT_EQ(regions.pack(22).size, 8U);
  EXPECT_EQ(regions.pack(31).offset, 0x600U);
  EXPECT_EQ(regions.end(31), 0x608U);
}

TEST(CompactRegions, Alignments) {
  const auto long_from = [](std::uint64_t start) {
    const CompactRegions regions(start, 64, true);
    std::uint64_t lcn = 0;
    while (regions.pack(lcn).size == 8) ++lcn;
    EXPECT_EQ(regions.pack(lcn).offset % 32, 0U);
    EXPECT_EQ(regions.pack(lcn).first, lcn);
    return lcn;
  };
  EXPECT_EQ(long_from(0), 0U);
  EXPECT_EQ(long_from(8), 6U);
  EXPECT_EQ(long_from(16), 4U);
  EXPECT_EQ(long_from(24), 2U);
  EXPECT_EQ(long_from(32), 0U);
}

TEST(CompactRegions, TooFewForLongPacks) {
  const CompactRegions none(8, 6, true);
  EXPECT_EQ(none.end(5), 8U + 24);
  // Enough to begin with, not enough for one pack.
  const CompactRegions few(8, 21, true);
  EXPECT_EQ(few.pack(20).size, 8U);
  EXPECT_EQ(few.pack(20).offset, 8U + 80);
  EXPECT_EQ(few.end(20), 8U + 88);
  const CompactRegions one(8, 22, true);
  EXPECT_EQ(one.pack(21).size, 32U);
  EXPECT_EQ(one.end(21), 8U + 24 + 32);
}

TEST(CompactRegions, ShortPacksAlone) {
  const CompactRegions regions(8, 1000, false);
  EXPECT_EQ(regions.pack(999).offset, 8U + 998 * 4);
  EXPECT_EQ(regions.pack(999).first, 998U);
  EXPECT_EQ(regions.end(998), 8U + 4000);
}

TEST(CompactRegions, Enormous) {
  const std::uint64_t total = std::uint64_t{1} << 54;
  const CompactRegions regions(8, total, true);
  EXPECT_EQ(regions.pack(total - 1).size, 8U);
  EXPECT_EQ(regions.end(total - 1), 8 + 24 + 2 * (total - 16) + 40);
}

}  // namespace
}  // namespace erofs::decode
