// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/running_sums.h"

#include <gtest/gtest.h>

namespace erofs::map {
namespace {

using Sum = RunningSums::Sum;

// Adds up 3, 3, 3, ... to the sum before number `index`; returns the steps.
std::uint64_t go_to(RunningSums& sums, std::uint64_t index) {
  Sum sum = sums.before(index);
  EXPECT_LE(sum.index, index);
  EXPECT_EQ(sum.value, 100 + 3 * sum.index);
  const std::uint64_t steps = index - sum.index;
  while (sum.index < index) {
    sum = {sum.index + 1, sum.value + 3};
    sums.note(sum);
  }
  return steps;
}

TEST(RunningSums, BeginsWithWhatItIsTold) {
  RunningSums sums;
  EXPECT_FALSE(sums.started());
  sums.start(100);
  EXPECT_TRUE(sums.started());
  EXPECT_EQ(sums.before(7).index, 0U);
  EXPECT_EQ(sums.before(7).value, 100U);
  sums.start(5);
  EXPECT_EQ(sums.before(7).value, 5U);
}

TEST(RunningSums, OneBehindTheOtherIsOneStep) {
  RunningSums sums;
  sums.start(100);
  EXPECT_EQ(go_to(sums, 0), 0U);
  for (std::uint64_t i = 1; i < 5000; ++i) EXPECT_EQ(go_to(sums, i), 1U);
  EXPECT_EQ(go_to(sums, 4999), 0U);
}

TEST(RunningSums, BackToTheNearestThatIsKept) {
  RunningSums sums;
  sums.start(100);
  EXPECT_EQ(go_to(sums, 3000), 3000U);
  EXPECT_EQ(go_to(sums, 511), 511U);
  EXPECT_EQ(go_to(sums, 512), 0U);
  EXPECT_EQ(go_to(sums, 2048 + 17), 17U);
  // Behind what was seen there is nothing to start from but the last one.
  EXPECT_EQ(go_to(sums, 4000), 4000U - 2560);
}

TEST(RunningSums, KeepsFewOfMany) {
  RunningSums sums;
  sums.start(100);
  const std::uint64_t many = 4 * RunningSums::kMost * RunningSums::kFirstStride;
  EXPECT_EQ(go_to(sums, many), many);
  std::uint64_t worst = 0;
  for (std::uint64_t i = 1; i < many; i += 99991) {
    worst = std::max(worst, go_to(sums, i));
  }
  EXPECT_LT(worst, 8 * RunningSums::kFirstStride);
}

}  // namespace
}  // namespace erofs::map
