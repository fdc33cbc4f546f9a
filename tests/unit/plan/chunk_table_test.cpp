// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/chunk_table.h"

#include <gtest/gtest.h>

#include "support/hex_bytes.h"

namespace erofs::plan {
namespace {

TEST(ChunkTable, KeepsAddressesAndHoles) {
  const std::vector<Chunk> chunks = {{7}, {}, {9}};
  const ChunkTable table = chunk_table(chunks, {});
  EXPECT_EQ(table.chunk_bits, 0U);
  EXPECT_EQ(table.format, 0U);
  EXPECT_EQ(table.align, 4U);
  EXPECT_EQ(test::hex_of(table.bytes), "07 00 00 00 ff ff ff ff 09 00 00 00");
}

TEST(ChunkTable, JoinsWhatFollows) {
  const std::vector<Chunk> chunks = {{4}, {5}, {}, {}, {8}};
  const ChunkTable table = chunk_table(chunks, {});
  EXPECT_EQ(table.chunk_bits, 1U);
  EXPECT_EQ(test::hex_of(table.bytes), "04 00 00 00 ff ff ff ff 08 00 00 00");
}

TEST(ChunkTable, MakesOneOfAWholeRun) {
  const std::vector<Chunk> chunks = {{4}, {6}, {8}};  // of two blocks each
  const ChunkTable table = chunk_table(chunks, {.chunk_bits = 1});
  EXPECT_EQ(table.chunk_bits, 3U);
  EXPECT_EQ(test::hex_of(table.bytes), "04 00 00 00");
}

// The specification's example has these 8 bytes for device 1, block 0x13.
TEST(ChunkTable, NamesTheDevice) {
  const std::vector<Chunk> chunks = {{0x13}};
  const ChunkTable table = chunk_table(chunks, {.device = 1});
  EXPECT_EQ(table.format, 0x20U);
  EXPECT_EQ(table.align, 8U);
  EXPECT_EQ(test::hex_of(table.bytes), "00 00 01 00 13 00 00 00");
}

TEST(ChunkTable, WidensForFarBlocks) {
  const std::vector<Chunk> near = {{0xFFFFFFFE}};
  EXPECT_EQ(chunk_table(near, {}).format, 0U);
  const std::vector<Chunk> far = {{0xFFFFFFFF}, {}};
  const ChunkTable table = chunk_table(far, {});
  EXPECT_EQ(table.format, 0x60U);
  EXPECT_EQ(test::hex_of(table.bytes),
            "00 00 00 00 ff ff ff ff ff ff 00 00 ff ff ff ff");
}

}  // namespace
}  // namespace erofs::plan
