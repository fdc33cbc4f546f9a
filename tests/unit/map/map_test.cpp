// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/map.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "image/memory_source.h"
#include "support/budgets.h"
#include "support/hex.h"
#include "support/matchers.h"

namespace erofs::map {
namespace {

using format::Layout;
using test::Bytes;
using test::IsLimit;
using test::IsMalformed;
using test::plenty;
using test::repeat;
using test::Succeeds;
using test::view;

class FileMapTest : public testing::Test {
 protected:
  File file(Layout layout, std::uint64_t size) {
    File out;
    out.inode.layout = layout;
    out.inode.size = size;
    out.inode.chunk.chunk_bits = 12;
    out.tail = {Place::kPrimary, 2048 + 32};
    out.space = &source_;
    return out;
  }
  Result<FileMap> open(Layout layout, std::uint64_t size) {
    return FileMap::open(file(layout, size), image_);
  }

  Bytes bytes_ = repeat(0, 8192);
  image::MemorySource source_{view(bytes_)};
  decode::Geometry geometry_;
  DeviceMap devices_{source_, {}, {}, geometry_};
  decode::Codecs codecs_;
  Image image_{&devices_, &geometry_, &codecs_, nullptr, nullptr, true};
  Budget budget_ = plenty();
};

TEST_F(FileMapTest, Compressed) {
  codecs_.available = 1;
  for (const Layout layout :
       {Layout::kCompressedFull, Layout::kCompressedCompact}) {
    // The bytes are all zero: one PLAIN entry at 0, block 0 or 1.
    auto map = open(layout, 4096);
    ASSERT_THAT(map, Succeeds());
    ASSERT_NE(map->clusters(), nullptr);
    EXPECT_EQ(map->chunks(), nullptr);
    const auto extent = map->at(1, budget_);
    ASSERT_THAT(extent, Succeeds());
    EXPECT_EQ(extent->kind, ExtentKind::kRaw);
    EXPECT_EQ(extent->length, 4095U);
  }
  EXPECT_EQ(open(Layout::kFlatPlain, 4096)->clusters(), nullptr);
}

TEST_F(FileMapTest, Flat) {
  auto map = open(Layout::kFlatPlain, 5000);
  ASSERT_THAT(map, Succeeds());
  EXPECT_EQ(map->chunks(), nullptr);
  EXPECT_EQ(map->file().inode.size, 5000U);
  EXPECT_EQ(map->at(4999, budget_)->length, 1U);
  EXPECT_EQ(budget_.work_spent(), 1U);
  Budget none = test::with_work(0);
  EXPECT_THAT(map->at(0, none), IsLimit(RuleId::limit_work_reached));
}

TEST_F(FileMapTest, ChunkBased) {
  auto map = open(Layout::kChunkBased, 5000);
  ASSERT_THAT(map, Succeeds());
  ASSERT_NE(map->chunks(), nullptr);
  EXPECT_EQ(map->chunks()->count(), 2U);
  // Both entries are zero: block 0 twice, not one run.
  EXPECT_EQ(map->at(1, budget_)->length, 4095U);
  EXPECT_EQ(map->at(4096, budget_)->length, 904U);
  const std::uint64_t chunks = (8192 - 2080) / 4 + 1;
  EXPECT_THAT(open(Layout::kChunkBased, chunks * 4096),
              IsMalformed(RuleId::chunk_table_within_image, 2080, chunks));
}

}  // namespace
}  // namespace erofs::map
