// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/bounds.h"

#include <gtest/gtest.h>

#include "support/budgets.h"
#include "support/check_image.h"

namespace erofs::test {
namespace {

using check::Bounds;
using check::Piece;
using check::RangeKind;

Bounds sample() {
  Bounds bounds;
  bounds.size = 5000;
  bounds.boot = 1024;
  bounds.declared = 4096;
  bounds.block_bits = 9;
  return bounds;
}

void expect(const Piece& piece, RangeKind kind, std::uint64_t begin,
            std::uint64_t end) {
  EXPECT_EQ(piece.kind, kind);
  EXPECT_EQ(piece.begin, begin);
  EXPECT_EQ(piece.end, end);
}

TEST(Bounds, NamesWhatIsInFrontAndBehind) {
  expect(sample().gap(0, 5000, nullptr), RangeKind::kBootArea, 0, 1024);
  expect(sample().gap(1000, 1010, nullptr), RangeKind::kBootArea, 1000, 1010);
  expect(sample().gap(4096, 5000, nullptr), RangeKind::kBehindEnd, 4096, 5000);
  expect(sample().gap(4200, 4300, nullptr), RangeKind::kBehindEnd, 4200, 4300);
}

TEST(Bounds, TellsPaddingFromWholeBlocks) {
  expect(sample().gap(1030, 5000, nullptr), RangeKind::kPadding, 1030, 1536);
  expect(sample().gap(1536, 5000, nullptr), RangeKind::kUnreferenced, 1536,
         4096);
  expect(sample().gap(1536, 2100, nullptr), RangeKind::kUnreferenced, 1536,
         2048);
  expect(sample().gap(2048, 2100, nullptr), RangeKind::kPadding, 2048, 2100);
  expect(sample().gap(2050, 2060, nullptr), RangeKind::kPadding, 2050, 2060);
}

TEST(Bounds, KnowsTheEndOfContent) {
  Piece piece;
  piece.kind = RangeKind::kData;
  expect(sample().gap(1030, 5000, &piece), RangeKind::kContentPadding, 1030,
         1536);
  // Clusters are whole, or end where another one begins.
  piece.kind = RangeKind::kCluster;
  expect(sample().gap(1030, 5000, &piece), RangeKind::kPadding, 1030, 1536);
}

TEST(Bounds, AreOfEachSpace) {
  CheckImage image({directory({})});
  image.append(3);
  const image::MemorySource source(view(image.bytes));
  Budget budget = plenty();
  const auto volume = read::Volume::open(source, {}, budget);
  ASSERT_TRUE(volume.has_value());
  const auto all = check::bounds_of(**volume);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].space, Place::kPrimary);
  EXPECT_EQ(all[0].size, image.bytes.size());
  EXPECT_EQ(all[0].declared, (*volume)->superblock().blocks * image.block());
  EXPECT_EQ(all[0].boot, 1024U);
  EXPECT_EQ(all[0].source, &source);
}

}  // namespace
}  // namespace erofs::test
