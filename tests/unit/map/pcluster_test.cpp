// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/pcluster.h"

#include <gtest/gtest.h>

#include "support/matchers.h"

namespace erofs::map {
namespace {

using Kind = Pcluster::Kind;

// 4 KiB blocks; [start, end) of the file, `stored` bytes at 0x10000.
Pcluster some(Kind kind, std::uint64_t start, std::uint64_t end,
              std::uint32_t stored) {
  Pcluster out;
  out.kind = kind;
  out.start = start;
  out.end = end;
  out.location.place = {Place::kPrimary, 0x10000};
  out.stored = stored;
  return out;
}

void expect_run(const Extent& extent, std::uint64_t logical,
                std::uint64_t length, std::uint64_t at) {
  EXPECT_EQ(extent.kind, ExtentKind::kRaw);
  EXPECT_EQ(extent.logical, logical);
  EXPECT_EQ(extent.length, length);
  EXPECT_EQ(extent.location.place.offset, at);
}

TEST(Pcluster, CoversItsExtent) {
  const Pcluster found = some(Kind::kRaw, 100, 200, 4096);
  EXPECT_FALSE(found.covers(99));
  EXPECT_TRUE(found.covers(100));
  EXPECT_TRUE(found.covers(199));
  EXPECT_FALSE(found.covers(200));
  EXPECT_EQ(found.length(), 100U);
  EXPECT_FALSE(Pcluster().covers(0));
}

TEST(Pcluster, Hole) {
  const Extent found = some(Kind::kHole, 0, 9000, 0).extent(5, 12);
  EXPECT_EQ(found.kind, ExtentKind::kHole);
  EXPECT_EQ(found.logical, 5U);
  EXPECT_EQ(found.length, 8995U);
  EXPECT_EQ(found.location.source, nullptr);
}

TEST(Pcluster, Raw) {
  expect_run(some(Kind::kRaw, 100, 4196, 4096).extent(100, 12), 100, 4096,
             0x10000);
  expect_run(some(Kind::kRaw, 100, 4196, 4096).extent(4000, 12), 4000, 196,
             0x10000 + 3900);
  Pcluster tail = some(Kind::kRaw, 100, 200, 100);
  tail.in_inode = true;
  EXPECT_EQ(tail.extent(150, 12).kind, ExtentKind::kInline);
  EXPECT_EQ(tail.extent(150, 12).location.place.offset, 0x10032U);
}

TEST(Pcluster, InterlacedBlock) {
  // Byte 5000 of the file is at 5000 - 4096 = 904 of the block, byte 8192 at
  // its start.
  Pcluster found = some(Kind::kRaw, 5000, 9000, 4096);
  found.interlaced = true;
  expect_run(found.extent(5000, 12), 5000, 3192, 0x10000 + 904);
  expect_run(found.extent(8191, 12), 8191, 1, 0x10000 + 4095);
  expect_run(found.extent(8192, 12), 8192, 808, 0x10000);
  expect_run(found.extent(8999, 12), 8999, 1, 0x10000 + 807);
}

TEST(Pcluster, InterlacedWithinABlock) {
  Pcluster found = some(Kind::kRaw, 5000, 5100, 4096);
  found.interlaced = true;
  expect_run(found.extent(5000, 12), 5000, 100, 0x10000 + 904);
  // One that begins with a block is stored as it is.
  Pcluster whole = some(Kind::kRaw, 8192, 12288, 4096);
  whole.interlaced = true;
  expect_run(whole.extent(8192, 12), 8192, 4096, 0x10000);
}

TEST(Pcluster, InterlacedBlocks) {
  // Of three blocks the last one has what comes first.
  Pcluster found = some(Kind::kRaw, 5000, 5000 + 12288, 12288);
  found.interlaced = true;
  expect_run(found.extent(5000, 12), 5000, 3192, 0x10000 + 8192 + 904);
  expect_run(found.extent(8192, 12), 8192, 9096, 0x10000);
  expect_run(found.extent(16384, 12), 16384, 904, 0x10000 + 8192);
}

TEST(Pcluster, Encoded) {
  Pcluster found = some(Kind::kEncoded, 100, 70000, 8192);
  found.algorithm = format::Algorithm::kZstd;
  const Extent extent = found.extent(4096, 12);
  EXPECT_EQ(extent.kind, ExtentKind::kEncoded);
  EXPECT_EQ(extent.logical, 4096U);
  EXPECT_EQ(extent.length, 65904U);
  EXPECT_EQ(extent.skip, 3996U);
  EXPECT_EQ(extent.location.place.offset, 0x10000U);
  EXPECT_EQ(extent.stream.algorithm, format::Algorithm::kZstd);
  EXPECT_EQ(extent.stream.stored, 8192U);
  EXPECT_EQ(extent.stream.decoded, 69900U);
  EXPECT_TRUE(extent.stream.whole);
  found.partial = true;
  EXPECT_FALSE(found.extent(100, 12).stream.whole);
}

TEST(Pcluster, Fragment) {
  Pcluster found = some(Kind::kFragment, 100, 300, 0);
  found.location.place.space = Place::kPacked;
  const Extent extent = found.extent(150, 12);
  EXPECT_EQ(extent.kind, ExtentKind::kFragment);
  EXPECT_EQ(extent.length, 150U);
  EXPECT_EQ(extent.location.place, (Place{Place::kPacked, 0x10032}));
}

}  // namespace
}  // namespace erofs::map
