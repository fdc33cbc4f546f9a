// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/cluster_entries.h"

#include <gtest/gtest.h>

namespace erofs::plan {
namespace {

using format::ClusterType;

TEST(ClusterEntries, StopCountingWhereTheFieldEnds) {
  constexpr std::uint32_t kBlocks = 3000;
  const std::vector<Extent> extents = {
      {.length = kBlocks * 4096, .stored = 4096, .start = 4096}};
  const auto entries = cluster_entries(extents, extents[0].length, 12, false);
  ASSERT_EQ(entries.size(), kBlocks);
  EXPECT_EQ(entries[2047].back, 2047U);
  EXPECT_EQ(entries[2999].back, 2047U);
  EXPECT_EQ(entries[1].forward, 2047U);
  EXPECT_EQ(entries[2999].forward, 1U);
  // A file of whole blocks has no mark of its end.
  EXPECT_EQ(entries[2999].type, ClusterType::kNonhead);
}

TEST(ClusterEntries, MarkTheEndWithinACluster) {
  const std::vector<Extent> extents = {
      {.length = 9000, .stored = 4096, .start = 4096}};
  const auto entries = cluster_entries(extents, 9000, 12, false);
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[1].forward, 1U);
  EXPECT_EQ(entries[2].type, ClusterType::kPlain);
  EXPECT_EQ(entries[2].offset, 9000U % 4096);
}

TEST(ClusterEntries, NeedNoMarkWhereTheLastExtentBegins) {
  const std::vector<Extent> extents = {
      {.length = 5000, .stored = 4096, .start = 4096},
      {.length = 100, .stored = 4096, .start = 8192, .form = Form::kRaw}};
  const auto entries = cluster_entries(extents, 5100, 12, false);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[1].type, ClusterType::kPlain);
  EXPECT_EQ(entries[1].offset, 904U);
  EXPECT_TRUE(entries[1].addressed);
}

TEST(ClusterEntries, GiveFragmentsTheirUpperHalf) {
  const std::vector<Extent> extents = {
      {.length = 9000, .start = 0x500000007, .form = Form::kFragment}};
  const auto entries = cluster_entries(extents, 9000, 12, true);
  EXPECT_EQ(entries[0].type, ClusterType::kHead1);
  EXPECT_EQ(entries[0].block, 5U);
  EXPECT_FALSE(entries[0].addressed);
  EXPECT_EQ(entries[1].count_mark, 1U);  // a count of none
}

}  // namespace
}  // namespace erofs::plan
