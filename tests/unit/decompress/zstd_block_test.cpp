// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/zstd_block.h"

#include <gtest/gtest.h>

#include "support/hex.h"

namespace erofs::decompress {
namespace {

using test::Bytes;
using test::hex;

bool good(const Bytes& blocks, std::uint64_t most = 1024) {
  return zstd_blocks(ByteView(blocks), most);
}

// Three literals, then one sequence whose tables have one symbol each: a
// compressed block of 12 bytes, whose modes are the sixth.
TEST(ZstdBlock, CompressionModesAreReservedInTheirLowestBits) {
  EXPECT_TRUE(good(hex("650000 18 616263 01 54 000100 8003 80")));
  EXPECT_FALSE(good(hex("650000 18 616263 01 55 000100 8003 80")));
  EXPECT_FALSE(good(hex("650000 18 616263 01 56 000100 8003 80")));
  // Two and three bytes that count the sequences.
  EXPECT_TRUE(good(hex("450000 18 616263 8101 54 0001")));
  EXPECT_FALSE(good(hex("450000 18 616263 8101 57 0001")));
  EXPECT_TRUE(good(hex("450000 18 616263 ff0000 54 00")));
  EXPECT_FALSE(good(hex("450000 18 616263 ff0000 55 00")));
  // None, in short and in long.
  EXPECT_TRUE(good(hex("2d0000 18 616263 00")));
  EXPECT_FALSE(good(hex("350000 18 616263 8000 00")));
}

TEST(ZstdBlock, LiteralsOfEachKindAreLeaptOver) {
  // A run, in one and in three bytes; compressed, with both sizes in three.
  EXPECT_FALSE(good(hex("250000 19 61 01 55")));
  EXPECT_FALSE(good(hex("350000 7d0000 61 01 55")));
  EXPECT_TRUE(good(hex("350000 7d0000 61 01 54")));
  EXPECT_FALSE(good(hex("3d0000 428000 0102 01 55")));
  EXPECT_TRUE(good(hex("3d0000 428000 0102 01 54")));
}

TEST(ZstdBlock, NoBlockIsLargerThanItMayBe) {
  // Runs of 1024 and of 1025 bytes.
  EXPECT_TRUE(good(hex("032000 78")));
  EXPECT_FALSE(good(hex("0b2000 78")));
  // Behind another block, and literals that alone are too many.
  EXPECT_FALSE(good(hex("080000 61 0b2000 78")));
  EXPECT_FALSE(good(hex("250000 1d40 61 00"), 1024));
  // Behind the last one nothing is looked at, nor what is cut off.
  EXPECT_TRUE(good(hex("090000 61 0b2000 78")));
  EXPECT_TRUE(good(hex("0b2000")));
  EXPECT_TRUE(good({}));
}

}  // namespace
}  // namespace erofs::decompress
