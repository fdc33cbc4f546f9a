// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/cluster_full.h"

#include <gtest/gtest.h>

#include "support/hex.h"

namespace erofs::decode {
namespace {

using format::ClusterType;
using test::hex;
using test::view;

Lcluster entry(const test::Bytes& bytes) {
  return cluster_full(format::FullIndexView(*view(bytes).fixed<8>(0)));
}

TEST(ClusterFull, HeadTypes) {
  const Lcluster plain = entry(hex("00 00 2a 09 78 56 34 f2"));
  EXPECT_EQ(plain.type, ClusterType::kPlain);
  EXPECT_EQ(plain.clusterofs, 0x92AU);
  EXPECT_EQ(plain.block, 0xF2345678U);
  EXPECT_FALSE(plain.partial);
  EXPECT_FALSE(plain.hole);
  EXPECT_TRUE(plain.addressed);
  const Lcluster first = entry(hex("01 80 ff ff 01 00 00 00"));
  EXPECT_EQ(first.type, ClusterType::kHead1);
  EXPECT_TRUE(first.partial);
  EXPECT_EQ(first.clusterofs, 0xFFFFU);
  // Bits that mean nothing change nothing.
  const Lcluster second = entry(hex("ff 7f 00 00 01 00 00 00"));
  EXPECT_EQ(second.type, ClusterType::kHead2);
  EXPECT_TRUE(second.hole);
  EXPECT_FALSE(second.partial);
  EXPECT_EQ(second.block, 1U);
}

TEST(ClusterFull, Distances) {
  const Lcluster found = entry(hex("02 80 34 12 ff 07 05 00"));
  EXPECT_EQ(found.type, ClusterType::kNonhead);
  EXPECT_FALSE(found.counts);
  EXPECT_EQ(found.back, 0x7FFU);
  EXPECT_TRUE(found.has_forward);
  EXPECT_EQ(found.forward, 5U);
  EXPECT_FALSE(found.partial);
  EXPECT_EQ(found.clusterofs, 0U);
  EXPECT_EQ(found.block, 0U);
  // Bits above the mark belong to the distance.
  EXPECT_EQ(entry(hex("02 00 00 00 00 10 00 00")).back, 0x1000U);
}

TEST(ClusterFull, BlockCount) {
  const Lcluster found = entry(hex("02 00 00 00 10 08 03 00"));
  EXPECT_TRUE(found.counts);
  EXPECT_EQ(found.blocks, 16U);
  EXPECT_EQ(found.back, 1U);
  EXPECT_EQ(found.forward, 3U);
  const Lcluster none = entry(hex("02 00 00 00 00 08 00 00"));
  EXPECT_TRUE(none.counts);
  EXPECT_EQ(none.blocks, 0U);
  EXPECT_EQ(entry(hex("02 00 00 00 ff ff 00 00")).blocks, 0xF7FFU);
}

}  // namespace
}  // namespace erofs::decode
