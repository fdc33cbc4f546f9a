// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/chunk.h"

#include <gtest/gtest.h>

#include <limits>

#include "support/hex.h"

namespace erofs::decode {
namespace {

using test::Bytes;
using test::hex;
using test::view;

constexpr ChunkFormat kMap{16, false, false};
constexpr ChunkFormat kIndexes{16, true, false};
constexpr ChunkFormat kWide{16, true, true};

TEST(ChunkEntry, BlockMap) {
  const Bytes table = hex("36 02 00 00 | fe ff ff ff | ff ff ff ff");
  const ChunkEntry first = chunk_entry(view(table), 0, kMap);
  EXPECT_FALSE(first.hole);
  EXPECT_EQ(first.startblk, 0x236U);
  EXPECT_EQ(first.device_id, 0);
  EXPECT_EQ(chunk_entry(view(table), 1, kMap).startblk, 0xFFFFFFFEU);
  EXPECT_FALSE(chunk_entry(view(table), 1, kMap).hole);
  EXPECT_TRUE(chunk_entry(view(table), 2, kMap).hole);
}

TEST(ChunkEntry, BlockMapIgnoresWide) {
  const ChunkFormat odd{16, false, true};
  const Bytes table = hex("ff ff ff ff | 01 00 00 00");
  EXPECT_TRUE(chunk_entry(view(table), 0, odd).hole);
  EXPECT_EQ(chunk_entry(view(table), 1, odd).startblk, 1U);
}

TEST(ChunkEntry, IndexesWithoutTheHighHalf) {
  const Bytes table = hex("07 00 01 80 36 02 00 00 | 00 00 05 00 ff ff ff ff");
  const ChunkEntry first = chunk_entry(view(table), 0, kIndexes);
  EXPECT_FALSE(first.hole);
  EXPECT_EQ(first.startblk, 0x236U);
  EXPECT_EQ(first.device_id, 0x8001);
  EXPECT_EQ(first.raw_hi, 7);
  const ChunkEntry hole = chunk_entry(view(table), 1, kIndexes);
  EXPECT_TRUE(hole.hole);
  EXPECT_EQ(hole.startblk, 0U);
  EXPECT_EQ(hole.device_id, 0);
}

TEST(ChunkEntry, WideIndexes) {
  const Bytes table =
      hex("07 00 01 00 36 02 00 00 | 00 00 00 00 ff ff ff ff |"
          "ff ff 00 00 fe ff ff ff | ff ff 03 00 ff ff ff ff");
  EXPECT_EQ(chunk_entry(view(table), 0, kWide).startblk, 0x700000236U);
  EXPECT_EQ(chunk_entry(view(table), 1, kWide).startblk, 0xFFFFFFFFU);
  EXPECT_FALSE(chunk_entry(view(table), 1, kWide).hole);
  EXPECT_FALSE(chunk_entry(view(table), 2, kWide).hole);
  const ChunkEntry hole = chunk_entry(view(table), 3, kWide);
  EXPECT_TRUE(hole.hole);
  EXPECT_EQ(hole.raw_hi, 0xFFFF);
}

TEST(ChunkEntry, BehindTheEndThereAreHoles) {
  constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
  const Bytes table = hex("01 00 00 00 | 02 00 00 00 | 03 00 00");
  EXPECT_FALSE(chunk_entry(view(table), 1, kMap).hole);
  EXPECT_TRUE(chunk_entry(view(table), 2, kMap).hole);
  EXPECT_TRUE(chunk_entry(view(table), 1, kIndexes).hole);
  EXPECT_TRUE(chunk_entry(view(table), kMax, kMap).hole);
  EXPECT_TRUE(chunk_entry(view(table), kMax / 4 + 1, kMap).hole);
  EXPECT_TRUE(chunk_entry(view(table), kMax / 8 + 1, kIndexes).hole);
}

}  // namespace
}  // namespace erofs::decode
