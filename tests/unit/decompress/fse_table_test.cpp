// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/fse_table.h"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "support/hex.h"

namespace erofs::decompress {
namespace {

using test::Bytes;
using test::hex;

// 16 of 32 states for each of two symbols.
TEST(FseTable, DescriptionsAreReadToTheirEnd) {
  const Bytes bytes = hex("103f");
  const auto found = fse_shares(ByteView(bytes), 36, 9);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->accuracy, 5U);
  EXPECT_EQ(found->size, 2U);
  int sum = 0;
  for (std::size_t i = 0; i < found->symbols; ++i) {
    sum += std::abs(found->share.at(i));
  }
  EXPECT_EQ(sum, 32);
  EXPECT_FALSE(fse_shares(ByteView(bytes), found->symbols - 1, 9).has_value());
  EXPECT_FALSE(fse_shares(ByteView(bytes).head(1), 36, 9).has_value());
}

TEST(FseTable, AccuracyIsLimited) {
  EXPECT_FALSE(fse_shares(ByteView(hex("05450000000000")), 36, 9).has_value());
  EXPECT_FALSE(fse_shares(ByteView(), 36, 9).has_value());
}

// Each state leads to 2^bits others, and all of a symbol's lead to all states.
TEST(FseTable, StatesOfASymbolLeadToAllStates) {
  const std::vector<std::int16_t> shares{20, 7, -1, 0, 3, 1};
  const std::vector<FseEntry> meanings{0,        1U << 25, 2U << 25,
                                       3U << 25, 4U << 25, 5U << 25};
  std::vector<FseEntry> table(32);
  ASSERT_TRUE(fse_table(shares, 5, meanings, table));
  std::vector<std::vector<bool>> reached(6, std::vector<bool>(32));
  std::vector<int> states(6);
  for (const FseEntry entry : table) {
    const std::size_t symbol = entry >> 25U;
    ++states.at(symbol);
    for (unsigned i = 0; i < 1U << fse_bits(entry); ++i) {
      const unsigned next = fse_next(entry) + i;
      ASSERT_LT(next, 32U);
      EXPECT_FALSE(reached.at(symbol).at(next));
      reached.at(symbol).at(next) = true;
    }
  }
  EXPECT_EQ(states, (std::vector<int>{20, 7, 1, 0, 3, 1}));
  for (const std::size_t symbol : {0U, 1U, 2U, 4U, 5U}) {
    for (const bool each : reached.at(symbol)) EXPECT_TRUE(each) << symbol;
  }
  // The one that is less likely has the last state.
  EXPECT_EQ(table.back() >> 25U, 2U);
}

TEST(FseTable, SharesAreOfAllStates) {
  const std::vector<FseEntry> meanings(3);
  std::vector<FseEntry> table(64);
  EXPECT_TRUE(fse_table(std::vector<std::int16_t>{31, 1}, 5, meanings, table));
  EXPECT_FALSE(fse_table(std::vector<std::int16_t>{31, 2}, 5, meanings, table));
  EXPECT_FALSE(fse_table(std::vector<std::int16_t>{30, 1}, 5, meanings, table));
  EXPECT_FALSE(
      fse_table(std::vector<std::int16_t>{100, 28}, 7, meanings, table));
  EXPECT_FALSE(
      fse_table(std::vector<std::int16_t>{29, 1, 1, 1}, 5, meanings, table));
  EXPECT_FALSE(fse_table(std::vector<std::int16_t>{15, 1}, 4, meanings, table));
}

}  // namespace
}  // namespace erofs::decompress
