// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/deflate_table.h"

#include <gtest/gtest.h>

#include <vector>

namespace erofs::decompress {
namespace {

using Lengths = std::vector<std::uint8_t>;

std::vector<DeflateEntry> table(DeflateCode code, const Lengths& lengths,
                                unsigned bits, std::size_t room = 2048) {
  std::vector<DeflateEntry> out(room);
  if (!deflate_table(code, lengths, bits, out)) out.clear();
  return out;
}

TEST(DeflateTable, LiteralsByTheirCodes) {
  // Codes 0, 10, 110 and 111, first bit lowest.
  const auto found = table(DeflateCode::kSymbols, {2, 1, 3, 3}, 3);
  ASSERT_FALSE(found.empty());
  const std::vector<unsigned> symbols{1, 0, 1, 2, 1, 0, 1, 3};
  const std::vector<unsigned> sizes{1, 2, 1, 3, 1, 2, 1, 3};
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    EXPECT_EQ(found[i] & kDeflateLiteral, kDeflateLiteral) << i;
    EXPECT_EQ(found[i] >> 16 & 0xFF, symbols[i]) << i;
    EXPECT_EQ(found[i] & 0xFF, sizes[i]) << i;
  }
}

TEST(DeflateTable, LongCodesStandInSubtables) {
  // 0, 10, 110, 1110 and 1111 with two bits looked up first.
  const auto found = table(DeflateCode::kSymbols, {1, 2, 3, 4, 4}, 2);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[3] & kDeflateSubtable, kDeflateSubtable);
  EXPECT_EQ(found[3] & 0xFF, 2U);
  const unsigned start = found[3] >> 16;
  EXPECT_EQ(start, 4U);
  EXPECT_EQ(found[3] >> 8 & 0x1F, 2U);
  EXPECT_EQ(found[start + 0] >> 16 & 0xFF, 2U);
  EXPECT_EQ(found[start + 2] >> 16 & 0xFF, 2U);
  EXPECT_EQ(found[start + 1] >> 16 & 0xFF, 3U);
  EXPECT_EQ(found[start + 3] >> 16 & 0xFF, 4U);
  EXPECT_EQ(found[start + 3] & 0xFF, 2U);
}

TEST(DeflateTable, LengthsAndDistances) {
  Lengths lengths(286);
  lengths[256] = 1;
  lengths[285] = 2;
  lengths[265] = 2;
  const auto symbols = table(DeflateCode::kSymbols, lengths, 2);
  ASSERT_FALSE(symbols.empty());
  EXPECT_EQ(symbols[0], kDeflateSpecial | kDeflateEnd | 0x101U);
  // 11 and 12, one extra bit; 258 and none.
  EXPECT_EQ(symbols[1], 11U << 16 | 2U << 8 | 3U);
  EXPECT_EQ(symbols[3], 258U << 16 | 2U << 8 | 2U);
  Lengths codes(30);
  codes[0] = 1;
  codes[29] = 1;
  const auto distances = table(DeflateCode::kDistances, codes, 1);
  ASSERT_FALSE(distances.empty());
  EXPECT_EQ(distances[0], 1U << 16 | 1U << 8 | 1U);
  EXPECT_EQ(distances[1], 24577U << 16 | 1U << 8 | 14U);
}

TEST(DeflateTable, CodesAreComplete) {
  EXPECT_TRUE(table(DeflateCode::kSymbols, {1, 1, 1}, 2).empty());
  EXPECT_TRUE(table(DeflateCode::kSymbols, {1, 2}, 2).empty());
  EXPECT_TRUE(table(DeflateCode::kSymbols, {2}, 2).empty());
  EXPECT_TRUE(table(DeflateCode::kLengths, {1}, 2).empty());
  EXPECT_TRUE(table(DeflateCode::kLengths, {0}, 2).empty());
  // One code of one bit, or none: what has no code stands for nothing.
  const auto one = table(DeflateCode::kDistances, {1}, 2);
  ASSERT_FALSE(one.empty());
  EXPECT_EQ(one[1], kDeflateSpecial);
  EXPECT_EQ(one[3], kDeflateSpecial);
  const auto none = table(DeflateCode::kDistances, {0}, 2);
  ASSERT_FALSE(none.empty());
  EXPECT_EQ(none[0], kDeflateSpecial);
}

TEST(DeflateTable, SymbolsThatDoNotExist) {
  Lengths fixed(288, 8);
  fixed.assign(288, 9);
  fixed[286] = 1;
  const auto over = table(DeflateCode::kSymbols, fixed, 9);
  EXPECT_TRUE(over.empty());
  const auto distances = table(DeflateCode::kDistances, Lengths(32, 5), 5);
  ASSERT_FALSE(distances.empty());
  // 30 and 31 are 11110 and 11111.
  EXPECT_EQ(distances[15] & kDeflateSpecial, kDeflateSpecial);
  EXPECT_EQ(distances[31] & kDeflateSpecial, kDeflateSpecial);
  EXPECT_EQ(distances[23] & kDeflateSpecial, 0U);
}

TEST(DeflateTable, NeedsRoom) {
  const Lengths long_code{1, 2,  3,  4,  5,  6,  7,  8,
                          9, 10, 11, 12, 13, 14, 15, 15};
  EXPECT_TRUE(table(DeflateCode::kSymbols, long_code, 11, 2047).empty());
  EXPECT_TRUE(table(DeflateCode::kSymbols, long_code, 11, 2063).empty());
  EXPECT_FALSE(table(DeflateCode::kSymbols, long_code, 11, 2064).empty());
  EXPECT_TRUE(table(DeflateCode::kSymbols, Lengths(289, 9), 11, 4096).empty());
}

}  // namespace
}  // namespace erofs::decompress
