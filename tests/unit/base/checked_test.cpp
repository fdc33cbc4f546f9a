// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "base/checked.h"

#include <gtest/gtest.h>

#include <limits>

namespace erofs::checked {
namespace {

constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t kTop = std::uint64_t{1} << 63;

TEST(Checked, Add) {
  EXPECT_EQ(add(2, 3), 5U);
  EXPECT_EQ(add(kMax, 0), kMax);
  EXPECT_EQ(add(0, kMax), kMax);
  EXPECT_EQ(add(kMax, 1), std::nullopt);
  EXPECT_EQ(add(1, kMax), std::nullopt);
  EXPECT_EQ(add(kTop, kTop), std::nullopt);
}

TEST(Checked, Sub) {
  EXPECT_EQ(sub(5, 3), 2U);
  EXPECT_EQ(sub(3, 3), 0U);
  EXPECT_EQ(sub(3, 4), std::nullopt);
  EXPECT_EQ(sub(0, kMax), std::nullopt);
}

TEST(Checked, Mul) {
  EXPECT_EQ(mul(6, 7), 42U);
  EXPECT_EQ(mul(0, kMax), 0U);
  EXPECT_EQ(mul(kMax, 0), 0U);
  EXPECT_EQ(mul(kMax, 1), kMax);
  EXPECT_EQ(mul(kTop - 1, 2), kMax - 1);
  EXPECT_EQ(mul(kTop, 2), std::nullopt);
  EXPECT_EQ(mul(std::uint64_t{1} << 32, std::uint64_t{1} << 32), std::nullopt);
}

TEST(Checked, ShiftLeft) {
  EXPECT_EQ(shift_left(3, 4), 48U);
  EXPECT_EQ(shift_left(1, 63), kTop);
  EXPECT_EQ(shift_left(kMax, 0), kMax);
  EXPECT_EQ(shift_left(2, 63), std::nullopt);
  EXPECT_EQ(shift_left(1, 64), std::nullopt);
  EXPECT_EQ(shift_left(1, 1000), std::nullopt);
  EXPECT_EQ(shift_left(0, 1000), 0U);
}

TEST(Checked, RoundUp) {
  EXPECT_EQ(round_up(0, 8), 0U);
  EXPECT_EQ(round_up(1, 8), 8U);
  EXPECT_EQ(round_up(8, 8), 8U);
  EXPECT_EQ(round_up(9, 8), 16U);
  EXPECT_EQ(round_up(kMax, 1), kMax);
  EXPECT_EQ(round_up(kMax - 7, 8), kMax - 7);
  EXPECT_EQ(round_up(kMax - 6, 8), std::nullopt);
}

TEST(Checked, CeilDiv) {
  EXPECT_EQ(ceil_div(0, 5), 0U);
  EXPECT_EQ(ceil_div(5, 5), 1U);
  EXPECT_EQ(ceil_div(6, 5), 2U);
  EXPECT_EQ(ceil_div(kMax, 2), kTop);
  EXPECT_EQ(ceil_div(kMax, kMax), 1U);
}

TEST(Checked, Within) {
  EXPECT_TRUE(within(0, 10, 10));
  EXPECT_TRUE(within(10, 0, 10));
  EXPECT_TRUE(within(0, 0, 0));
  EXPECT_FALSE(within(0, 11, 10));
  EXPECT_FALSE(within(5, 6, 10));
  EXPECT_FALSE(within(11, 0, 10));
  EXPECT_FALSE(within(1, kMax, kMax));
  EXPECT_FALSE(within(kMax, 1, kMax));
  EXPECT_TRUE(within(kMax, 0, kMax));
}

}  // namespace
}  // namespace erofs::checked
