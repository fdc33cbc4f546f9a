// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/cluster.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "support/hex.h"
#include "support/matchers.h"

namespace erofs::decode {
namespace {

using format::ClusterType;
using format::Layout;
using test::Bytes;
using test::hex;
using test::IsMalformed;
using test::Succeeds;
using test::view;

constexpr Layout kFull = Layout::kCompressedFull;
constexpr Layout kCompact = Layout::kCompressedCompact;

Result<ClusterHeader> header(const Bytes& bytes, Layout layout,
                             bool big_pcluster = true,
                             std::uint8_t block_bits = 12) {
  Geometry geometry;
  geometry.block_bits = block_bits;
  if (big_pcluster) {
    geometry.features.incompat = format::incompat::kBigPcluster;
  }
  const format::ClusterHeaderView raw(*view(bytes).fixed<8>(0));
  return cluster_header(raw, layout, {Place::kPrimary, 4096}, geometry);
}

TEST(ClusterHeader, CompactIndexes) {
  const auto found = header(hex("00 00 00 00 17 00 31 00"), kCompact);
  ASSERT_THAT(found, Succeeds());
  EXPECT_TRUE(found->compact);
  EXPECT_FALSE(found->extents);
  EXPECT_FALSE(found->whole_fragment);
  EXPECT_TRUE(found->compact_2b);
  EXPECT_TRUE(found->big_1);
  EXPECT_TRUE(found->big_2);
  EXPECT_FALSE(found->inline_tail);
  EXPECT_TRUE(found->interlaced);
  EXPECT_FALSE(found->fragment);
  EXPECT_EQ(found->head1, 1);
  EXPECT_EQ(found->head2, 3);
  EXPECT_EQ(found->lcluster_bits, 12);
  EXPECT_EQ(found->lcluster_size(), 4096U);
}

TEST(ClusterHeader, FullIndexes) {
  const auto found = header(hex("00 00 00 00 02 00 00 03"), kFull);
  ASSERT_THAT(found, Succeeds());
  EXPECT_FALSE(found->compact);
  EXPECT_FALSE(found->compact_2b);
  EXPECT_EQ(found->lcluster_bits, 15);
  EXPECT_TRUE(found->big(ClusterType::kHead1));
  EXPECT_FALSE(found->big(ClusterType::kHead2));
  EXPECT_FALSE(found->big(ClusterType::kPlain));
}

TEST(ClusterHeader, InlineTail) {
  const auto found = header(hex("ff ff 62 0a 08 00 00 00"), kFull);
  ASSERT_THAT(found, Succeeds());
  EXPECT_TRUE(found->inline_tail);
  EXPECT_EQ(found->idata_size, 0xA62);
  EXPECT_EQ(found->fragment_offset, 0U);
}

TEST(ClusterHeader, AFragmentComesBeforeAnInlineTail) {
  const auto found = header(hex("78 56 34 f2 28 00 00 00"), kCompact);
  ASSERT_THAT(found, Succeeds());
  EXPECT_TRUE(found->fragment);
  EXPECT_TRUE(found->inline_tail);
  EXPECT_EQ(found->fragment_offset, 0xF2345678U);
  EXPECT_EQ(found->idata_size, 0);
}

TEST(ClusterHeader, ShortForm) {
  // All other bits are the position, and none of them is judged.
  const auto found = header(hex("f8 f7 f6 f5 f4 f3 f2 f1"), kFull, false);
  ASSERT_THAT(found, Succeeds());
  EXPECT_TRUE(found->whole_fragment);
  EXPECT_EQ(found->fragment_offset, 0x71F2F3F4F5F6F7F8U);
  EXPECT_FALSE(found->fragment);
  EXPECT_FALSE(found->extents);
}

TEST(ClusterHeader, RecordSizes) {
  const auto four = header(hex("00 00 00 00 01 00 00 02"), kFull, false);
  ASSERT_THAT(four, Succeeds());
  EXPECT_TRUE(four->extents);
  EXPECT_EQ(four->record_size, 4);
  EXPECT_EQ(four->lcluster_bits, 14);
  EXPECT_FALSE(four->big_1);
  const auto eight = header(hex("00 00 00 00 03 00 00 0f"), kFull, false);
  ASSERT_THAT(eight, Succeeds());
  EXPECT_EQ(eight->record_size, 8);
  EXPECT_EQ(eight->lcluster_bits, 27);
  EXPECT_FALSE(eight->big_1);
  const auto some = header(hex("03 00 00 00 35 00 34 12"), kFull, false);
  ASSERT_THAT(some, Succeeds());
  EXPECT_EQ(some->record_size, 16);
  EXPECT_EQ(some->record_count, 0x123400000003U);
  EXPECT_EQ(some->lcluster_bits, 0);
  EXPECT_TRUE(some->interlaced);
  EXPECT_TRUE(some->fragment);
  const auto wide = header(hex("ff ff ff ff 0f 00 ff 7f"), kFull, false);
  ASSERT_THAT(wide, Succeeds());
  EXPECT_EQ(wide->record_size, 32);
  EXPECT_EQ(wide->record_count, (std::uint64_t{1} << 47) - 1);
  // The bit of the inline tail means nothing here.
  EXPECT_FALSE(wide->inline_tail);
  EXPECT_EQ(wide->idata_size, 0);
}

TEST(ClusterHeader, LclusterLimits) {
  constexpr RuleId kRule = RuleId::cluster_lclusterbits_limit;
  const auto with = [](const char* bits) {
    return hex("00 00 00 00 00 00 00") + hex(bits);
  };
  EXPECT_THAT(header(with("0b"), kFull), Succeeds());
  EXPECT_THAT(header(with("0c"), kFull), IsMalformed(kRule, 4103, 24));
  EXPECT_THAT(header(with("02"), kCompact), Succeeds());
  EXPECT_THAT(header(with("03"), kCompact), IsMalformed(kRule, 4103, 15));
  EXPECT_THAT(header(hex("00 00 00 00 01 00 00 00"), kCompact), Succeeds());
  EXPECT_THAT(header(hex("00 00 00 00 01 00 00 01"), kCompact),
              IsMalformed(kRule, 4103, 13));
  EXPECT_THAT(header(with("00"), kCompact, true, 16),
              IsMalformed(kRule, 4103, 16));
}

TEST(ClusterHeader, BigBits) {
  constexpr RuleId kNeeds = RuleId::cluster_big_needs_feature;
  EXPECT_THAT(header(hex("00 00 00 00 02 00 00 00"), kFull, false),
              IsMalformed(kNeeds, 4100, 1));
  EXPECT_THAT(header(hex("00 00 00 00 04 00 00 00"), kFull, false),
              IsMalformed(kNeeds, 4100, 2));
  EXPECT_THAT(header(hex("00 00 00 00 06 00 00 00"), kCompact, false),
              IsMalformed(kNeeds, 4100, 1));
  constexpr RuleId kEqual = RuleId::cluster_big_consistent;
  EXPECT_THAT(header(hex("00 00 00 00 02 00 00 00"), kCompact),
              IsMalformed(kEqual, 4100, 1));
  EXPECT_THAT(header(hex("00 00 00 00 04 00 00 00"), kCompact),
              IsMalformed(kEqual, 4100, 2));
  EXPECT_THAT(header(hex("00 00 00 00 04 00 00 00"), kFull), Succeeds());
}

TEST(Lcluster, HeadTypes) {
  Lcluster entry;
  for (const ClusterType type :
       {ClusterType::kPlain, ClusterType::kHead1, ClusterType::kHead2}) {
    entry.type = type;
    EXPECT_TRUE(entry.head());
  }
  entry.type = ClusterType::kNonhead;
  EXPECT_FALSE(entry.head());
}

}  // namespace
}  // namespace erofs::decode
