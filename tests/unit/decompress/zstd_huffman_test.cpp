// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/zstd_huffman.h"

#include <gtest/gtest.h>

#include "support/hex.h"

namespace erofs::decompress {
namespace {

using test::Bytes;
using test::hex;

std::optional<std::size_t> tree(const Bytes& bytes, ZstdCodes& codes) {
  return zstd_tree(ByteView(bytes), codes);
}

TEST(ZstdHuffman, WeightsOfFourBits) {
  ZstdCodes codes;
  // 2, 1, and what is left: 1.
  EXPECT_EQ(tree(hex("81 21 ff"), codes), 2U);
  EXPECT_EQ(codes.bits, 2U);
  EXPECT_EQ(codes.entries[0], 1U << 8U | 2U);
  EXPECT_EQ(codes.entries[1], 2U << 8U | 2U);
  EXPECT_EQ(codes.entries[2], 1U);
  EXPECT_EQ(codes.entries[3], 1U);
}

TEST(ZstdHuffman, TreesAreComplete) {
  ZstdCodes codes;
  EXPECT_EQ(tree(hex("80 10"), codes), 2U);
  EXPECT_FALSE(tree(hex("80 00"), codes));    // no symbol but the last
  EXPECT_FALSE(tree(hex("82 3310"), codes));  // 9 of 16: 7 are left
  EXPECT_FALSE(tree(hex("80 20"), codes));    // none of the longest codes
  EXPECT_EQ(codes.bits, 0U);
  EXPECT_FALSE(tree(hex("81"), codes));
  EXPECT_FALSE(tree({}, codes));
}

TEST(ZstdHuffman, CodesAreNoLongerThanElevenBits) {
  ZstdCodes codes;
  EXPECT_EQ(tree(hex("8a ba987654321 0"), codes), 7U);
  EXPECT_EQ(codes.bits, 11U);
  EXPECT_FALSE(tree(hex("8b cba987654321"), codes));
  EXPECT_FALSE(tree(hex("8a fa9876543210"), codes));
}

// libzstd takes the second state for zero where its bits are not there, up to
// 1.5.6. The example is that of its documentation, with and without the bits.
TEST(ZstdHuffman, StatesHaveTheirBits) {
  ZstdCodes codes;
  EXPECT_FALSE(tree(hex("04 207e1f 02"), codes));
  EXPECT_TRUE(tree(hex("05 207e1f 0204"), codes));
}

}  // namespace
}  // namespace erofs::decompress
