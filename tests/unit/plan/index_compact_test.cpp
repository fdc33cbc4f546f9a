// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include "plan/cluster_index.h"
#include "support/hex_bytes.h"

namespace erofs::plan {
namespace {

// "Compressed content: the map" has these bytes, H at 0x520.
TEST(CompactIndex, SaysAnInlineTail) {
  const std::vector<Extent> extents = {
      {.length = 4809, .stored = 4096, .start = 1 * 4096},
      {.length = 4912, .stored = 4096, .start = 2 * 4096},
      {.length = 279, .stored = 277, .form = Form::kInline}};
  const MapFacts facts{.size = 10000, .header_at = 0};
  const auto bytes = compact_index(extents, facts);
  EXPECT_EQ(bytes.size(), compact_index_size(facts));
  // The specification's image counts the tail as the next block.
  EXPECT_EQ(test::hex_of(bytes),
            "00 00 15 01 08 00 00 00 00 10 c9 12 00 00 00 00 "
            "f9 15 00 00 00 00 00 00");
}

// Without big_1 the address of the third slot's head follows the base.
TEST(CompactIndex, SaysAFragment) {
  const std::vector<Extent> extents = {
      {.length = 7421, .stored = 4096, .start = 4 * 4096},
      {.length = 5181, .stored = 0, .start = 28322, .form = Form::kFragment}};
  const MapFacts facts{.size = 12602, .header_at = 0};
  EXPECT_EQ(test::hex_of(compact_index(extents, facts)),
            "a2 6e 00 00 20 00 00 00 00 10 fd 1c 03 00 00 00 "
            "01 20 3a 01 00 00 00 00");
}

// 22 entries at E mod 32 = 8: three packs of 2, one of 16, big clusters. A
// pack without heads has a base that nobody uses: 11 there, 0 here.
TEST(CompactIndex, SaysBigClusters) {
  const std::vector<Extent> extents = {
      {.length = 28247, .stored = 16384, .start = 7 * 4096},
      {.length = 28308, .stored = 16384, .start = 11 * 4096},
      {.length = 28231, .stored = 16384, .start = 15 * 4096},
      {.length = 4096, .stored = 4096, .start = 19 * 4096, .form = Form::kRaw},
      {.length = 1118, .stored = 4096, .start = 20 * 4096, .form = Form::kRaw}};
  const MapFacts facts{.size = 90000, .big = true, .header_at = 0};
  EXPECT_EQ(test::hex_of(compact_index(extents, facts)),
            "00 00 00 00 07 00 00 00 00 10 04 28 07 00 00 00 "
            "02 20 03 20 00 00 00 00 04 20 01 20 00 00 00 00 "
            "57 1e 01 2a 00 0e 80 04 60 01 68 00 ae 73 "
            "04 a8 00 38 00 12 80 05 a0 01 28 b3 c8 2c 0b 00 00 00");
}

TEST(CompactIndex, IsNotForEverything) {
  std::vector<Extent> extents = {
      {.length = 9000, .stored = 4096, .start = 4096},
      {.length = 9000, .stored = 4096, .start = 8192}};
  EXPECT_TRUE(compact_can(extents, 12));
  EXPECT_FALSE(compact_can(extents, 15));
  extents[1].start = 16384;  // not behind the one before
  EXPECT_FALSE(compact_can(extents, 12));
  extents[1] = {.length = 9000, .start = 1ULL << 32, .form = Form::kFragment};
  EXPECT_FALSE(compact_can(extents, 12));
  extents[1].start = (1ULL << 32) - 1;
  EXPECT_TRUE(compact_can(extents, 12));
  extents[0].partial = true;
  EXPECT_FALSE(compact_can(extents, 12));
}

TEST(CompactIndex, TakesRoomByWhereItBegins) {
  // 20 entries: a of them before a multiple of 32, then one pack of 16.
  EXPECT_EQ(compact_index_size({.size = 20 * 4096, .header_at = 24}),
            8U + 32 + 2 * 8);
  EXPECT_EQ(compact_index_size({.size = 20 * 4096, .header_at = 16}),
            8U + 8 + 32 + 8);
  EXPECT_EQ(compact_index_size({.size = 20 * 8192, .block_bits = 13}),
            8U + 10 * 8);
}

}  // namespace
}  // namespace erofs::plan
