// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/chunk.h"

#include <gtest/gtest.h>

#include "format/chunk.gen.h"
#include "format/rule_ids.gen.h"
#include "image/memory_source.h"
#include "support/budgets.h"
#include "support/hex.h"
#include "support/matchers.h"

namespace erofs::map {
namespace {

using test::Bytes;
using test::IsLimit;
using test::IsMalformed;
using test::patched;
using test::plenty;
using test::repeat;
using test::Succeeds;
using test::view;

constexpr std::uint64_t kBlock = 512;
constexpr std::uint64_t kTail = 1536 + 44;  // not a multiple of 8

Bytes map_entry(std::uint32_t block) {
  const format::ChunkMapEntryBuilder out =
      format::ChunkMapEntryBuilder().startblk(block);
  return {out.bytes().begin(), out.bytes().end()};
}

Bytes index_entry(std::uint16_t id, std::uint64_t block) {
  const format::ChunkIndexBuilder out =
      format::ChunkIndexBuilder()
          .device_id(id)
          .startblk_lo(static_cast<std::uint32_t>(block))
          .startblk_hi(static_cast<std::uint16_t>(block >> 32));
  return {out.bytes().begin(), out.bytes().end()};
}

const Bytes kMapHole = repeat(0xFF, 4);

// A device with a chunk table at `kTail` (or where 8 bytes align).
class Chunks {
 public:
  Chunks(std::size_t device_size, std::uint64_t size, std::uint8_t bits,
         const Bytes& table, bool indexes = false, bool wide = false)
      : bytes_(patched(repeat(0, device_size), indexes ? 1584 : kTail, table)) {
    geometry_.block_bits = 9;
    geometry_.extra_devices = 1;
    file.inode.layout = format::Layout::kChunkBased;
    file.inode.size = size;
    file.inode.chunk = {bits, indexes, wide};
    file.tail = {Place::kPrimary, kTail};
    file.space = &source_;
    std::vector<decode::DeviceSlot> slots(1);
    slots[0].uniaddr = 6;
    slots[0].blocks = 2;
    devices_.emplace(source_, std::span<const image::Source* const>(),
                     std::move(slots), geometry_);
  }

  Result<Extent> at(std::uint64_t offset, Budget budget = plenty()) {
    auto table = ChunkTable::open(file);
    if (!table) return tl::unexpected<Fault>(table.error());
    return chunk(file, *table, offset, *devices_, geometry_, budget);
  }

  File file;

 private:
  Bytes bytes_;
  image::MemorySource source_{view(bytes_)};
  decode::Geometry geometry_;
  std::optional<DeviceMap> devices_;
};

void expect_extent(const Result<Extent>& found, ExtentKind kind,
                   std::uint64_t logical, std::uint64_t length,
                   std::uint64_t at) {
  ASSERT_THAT(found, Succeeds());
  EXPECT_EQ(found->kind, kind);
  EXPECT_EQ(found->logical, logical);
  EXPECT_EQ(found->length, length);
  EXPECT_EQ(found->location.place.offset, at);
}

TEST(ChunkTable, PlaceAndCount) {
  Chunks four(4096, 1025, 9, map_entry(0));
  const auto map = ChunkTable::open(four.file);
  ASSERT_THAT(map, Succeeds());
  EXPECT_EQ(map->count(), 3U);
  EXPECT_EQ(map->place().offset, kTail);
  EXPECT_EQ(map->entry_place(2).offset, kTail + 8);
  Chunks eight(4096, 1024, 9, index_entry(0, 0), true);
  const auto indexes = ChunkTable::open(eight.file);
  ASSERT_THAT(indexes, Succeeds());
  EXPECT_EQ(indexes->count(), 2U);
  EXPECT_EQ(indexes->place().offset, 1584U);
  EXPECT_EQ(indexes->entry_place(1).offset, 1592U);
}

TEST(ChunkTable, WithinItsSpace) {
  const std::uint64_t entries = (4096 - kTail) / 4;
  Chunks fits(4096, entries * kBlock, 9, {});
  EXPECT_THAT(ChunkTable::open(fits.file), Succeeds());
  Chunks over(4096, entries * kBlock + 1, 9, {});
  EXPECT_THAT(
      ChunkTable::open(over.file),
      IsMalformed(RuleId::chunk_table_within_image, kTail, entries + 1));
  Chunks huge(4096, (std::uint64_t{1} << 63) - 1, 9, {}, true);
  EXPECT_THAT(ChunkTable::open(huge.file),
              IsMalformed(RuleId::chunk_table_within_image, kTail,
                          std::uint64_t{1} << 54));
  // An empty file has no table to be anywhere.
  Chunks empty(4096, 0, 9, {}, true);
  empty.file.tail.offset = 4096;
  const auto none = ChunkTable::open(empty.file);
  ASSERT_THAT(none, Succeeds());
  EXPECT_EQ(none->count(), 0U);
}

TEST(ChunkTable, EntriesAreChargedAWindowAtATime) {
  Bytes table;
  for (std::uint32_t i = 0; i < 600; ++i) table = table + map_entry(i);
  Chunks chunks(8192, 600 * kBlock, 9, table);
  auto opened = ChunkTable::open(chunks.file);
  ASSERT_THAT(opened, Succeeds());
  Budget budget = plenty();
  for (std::uint64_t i = 0; i < 512; ++i) {
    EXPECT_EQ(opened->entry(i, budget)->startblk, i);
  }
  EXPECT_EQ(budget.work_spent(), 512U * 4);
  EXPECT_EQ(opened->entry(599, budget)->startblk, 599U);
  EXPECT_EQ(budget.work_spent(), 513U * 4);
  EXPECT_EQ(opened->entry(7, budget)->startblk, 7U);
  EXPECT_TRUE(opened->entry(600, budget)->hole);
  Budget little = test::with_work(3);
  EXPECT_THAT(opened->entry(599, little), IsLimit(RuleId::limit_work_reached));
}

TEST(Chunk, NeighboursComeAsOneExtent) {
  // Chunks of 1 KiB: 2 and 4 continue, 3 does not, then two holes.
  Chunks chunks(4096, 5 * 1024 + 100, 10,
                map_entry(2) + map_entry(4) + map_entry(3) + kMapHole +
                    kMapHole + map_entry(0));
  expect_extent(chunks.at(0), ExtentKind::kRaw, 0, 2048, 1024);
  expect_extent(chunks.at(1500), ExtentKind::kRaw, 1500, 548, 2524);
  expect_extent(chunks.at(2048), ExtentKind::kRaw, 2048, 1024, 1536);
  expect_extent(chunks.at(3073), ExtentKind::kHole, 3073, 2047, 1);
  expect_extent(chunks.at(5120), ExtentKind::kRaw, 5120, 100, 0);
}

TEST(Chunk, LastChunkNeedsItsBlocksOnly) {
  // 700 bytes of a 4 KiB chunk: two blocks, the last ones of the device.
  Chunks chunks(4096, 700, 12, map_entry(6));
  expect_extent(chunks.at(0), ExtentKind::kRaw, 0, 700, 3072);
  Chunks over(4096, 1025, 12, map_entry(6));
  EXPECT_THAT(over.at(1024), IsMalformed(RuleId::chunk_address_within_device,
                                         kTail, 4096 + 512));
  Chunks cut(3583, 700, 12, map_entry(5));
  EXPECT_THAT(cut.at(0),
              IsMalformed(RuleId::chunk_address_within_device, kTail, 3584));
}

TEST(Chunk, AnEarlierChunkIsReadWhole) {
  // Two chunks of four blocks; the first one would pass the end.
  Chunks chunks(4096, 2048 + 1, 11, map_entry(5) + map_entry(0));
  EXPECT_THAT(chunks.at(0), IsMalformed(RuleId::chunk_address_within_device,
                                        kTail, 9 * kBlock));
  EXPECT_THAT(chunks.at(2048), Succeeds());
}

TEST(Chunk, ARunEndsBeforeWhatFaults) {
  Chunks chunks(4096, 3 * kBlock, 9,
                map_entry(6) + map_entry(7) + map_entry(8));
  expect_extent(chunks.at(0), ExtentKind::kRaw, 0, 2 * kBlock, 6 * kBlock);
  EXPECT_THAT(chunks.at(1024), IsMalformed(RuleId::chunk_address_within_device,
                                           kTail + 8, 9 * kBlock));
}

TEST(Chunk, DevicesSeparateRuns) {
  // Flattened: device 1 starts at block 6.
  Chunks chunks(4096, 4 * kBlock, 9,
                index_entry(0, 0) + index_entry(1, 1) + index_entry(1, 9) +
                    index_entry(0, 1),
                true);
  expect_extent(chunks.at(0), ExtentKind::kRaw, 0, kBlock, 0);
  expect_extent(chunks.at(512), ExtentKind::kRaw, 512, kBlock, 7 * kBlock);
  EXPECT_THAT(chunks.at(1024), IsMalformed(RuleId::chunk_address_within_device,
                                           1600, 10 * kBlock));
}

TEST(Chunk, IdsAreChecked) {
  Chunks chunks(4096, kBlock, 9, index_entry(1, 0), true);
  EXPECT_THAT(chunks.at(0), Succeeds());
  Chunks holes(4096, kBlock, 9, index_entry(9, 0xFFFFFFFF), true);
  expect_extent(holes.at(0), ExtentKind::kHole, 0, kBlock, 0);
}

TEST(Chunk, WideAddresses) {
  const std::uint64_t far = (std::uint64_t{1} << 32) + 1;
  Chunks wide(4096, kBlock, 9, index_entry(0, far), true, true);
  EXPECT_THAT(wide.at(0), IsMalformed(RuleId::chunk_address_within_device, 1584,
                                      (far + 1) * kBlock));
  Chunks narrow(4096, kBlock, 9, index_entry(0, far), true, false);
  expect_extent(narrow.at(0), ExtentKind::kRaw, 0, kBlock, kBlock);
}

TEST(Chunk, LargestChunks) {
  // 2^40 bytes a chunk: no shift overflows, and the end is that of the file.
  const std::uint64_t size = (std::uint64_t{1} << 63) - 1;
  Chunks chunks(4096, size, 47, kMapHole);
  EXPECT_THAT(chunks.at(0), testing::Not(Succeeds()));
  const std::uint64_t three = 3 * (std::uint64_t{1} << 40);
  Chunks some(4096, three, 40, kMapHole + kMapHole + kMapHole);
  expect_extent(some.at(7), ExtentKind::kHole, 7, three - 7, 7);
}

TEST(Chunk, ARunHasALimit) {
  const std::size_t entries = kMaxRun + 10;
  Chunks chunks(kTail + entries * 4, entries * kBlock, 9,
                repeat(0xFF, entries * 4));
  expect_extent(chunks.at(0), ExtentKind::kHole, 0, kMaxRun * kBlock, 0);
  expect_extent(chunks.at(kMaxRun * kBlock), ExtentKind::kHole,
                kMaxRun * kBlock, 10 * kBlock, 0);
  EXPECT_THAT(chunks.at(0, test::with_work(4096)),
              IsLimit(RuleId::limit_work_reached));
}

}  // namespace
}  // namespace erofs::map
