// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/special.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "format/rule_ids.gen.h"
#include "support/image_builder.h"

namespace erofs::read {
namespace {

using format::Layout;
using format::ModeType;
using test::body;
using test::Bytes;
using test::FaultsAs;
using test::ImageBuilder;
using test::IsIo;
using test::IsLimit;
using test::OpenImage;
using test::repeat;
using test::Succeeds;

// Three chunks of a block: block 2, a hole, block 1 with 100 bytes.
ImageBuilder chunked() {
  ImageBuilder image;
  image.inode(60, body(ModeType::kRegular, 2 * 4096 + 100, Layout::kChunkBased),
              test::hex("02000000 ffffffff 01000000"));
  image.put(4096, repeat(1, 4096));
  image.put(8192, repeat(2, 4096));
  return image;
}

TEST(SpecialContent, ReadsAcrossExtents) {
  OpenImage volume(chunked());
  const auto inode = node(*volume, 60, volume.budget);
  ASSERT_THAT(inode, Succeeds());
  const auto content = SpecialContent::open(*volume, *inode, volume.budget);
  ASSERT_THAT(content, Succeeds());
  EXPECT_EQ((*content)->size(), 8292U);
  Bytes all(8292);
  ASSERT_THAT((*content)->read(0, MutableBytes(all)), Succeeds());
  EXPECT_EQ(all, repeat(2, 4096) + repeat(0, 4096) + repeat(1, 100));
  Bytes some(4098);
  ASSERT_THAT((*content)->read(4095, MutableBytes(some)), Succeeds());
  EXPECT_EQ(some, repeat(2, 1) + repeat(0, 4096) + repeat(1, 1));
  EXPECT_THAT((*content)->read(8292, MutableBytes()), Succeeds());
  EXPECT_THAT((*content)->read(8292 - 4097, MutableBytes(some)),
              IsIo(4195, ERANGE));
}

TEST(SpecialContent, ChargesItsExtents) {
  OpenImage volume(chunked());
  const auto inode = node(*volume, 60, volume.budget);
  ASSERT_THAT(inode, Succeeds());
  Budget budget({test::kUnlimited, 2 * sizeof(map::Extent), 0, 0},
                format::budget_rules());
  EXPECT_THAT(SpecialContent::open(*volume, *inode, budget),
              IsLimit(RuleId::limit_memory_reached));
}

TEST(SpecialContent, AllExtentsMustBeThere) {
  ImageBuilder image = chunked();
  image.put(60 * 32 + 32 + 8, test::hex("08000000"));
  OpenImage volume(image);
  const auto inode = node(*volume, 60, volume.budget);
  ASSERT_THAT(inode, Succeeds());
  EXPECT_THAT(
      SpecialContent::open(*volume, *inode, volume.budget),
      FaultsAs(FaultKind::kMalformed, RuleId::chunk_address_within_device));
}

TEST(SpecialContent, MayBeEmpty) {
  ImageBuilder image;
  image.file(60, "");
  OpenImage volume(image);
  const auto inode = node(*volume, 60, volume.budget);
  ASSERT_THAT(inode, Succeeds());
  const auto content = SpecialContent::open(*volume, *inode, volume.budget);
  ASSERT_THAT(content, Succeeds());
  EXPECT_THAT((*content)->read(0, MutableBytes()), Succeeds());
}

}  // namespace
}  // namespace erofs::read
