// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/xattr_prefixes.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "support/image_builder.h"

namespace erofs::read {
namespace {

using format::Layout;
using format::ModeType;
using test::body;
using test::Bytes;
using test::FaultsAs;
using test::hex;
using test::ImageBuilder;
using test::IsLimit;
using test::IsMalformed;
using test::OpenImage;
using test::repeat;
using test::Succeeds;

constexpr std::uint64_t kSize = 8 * 4096;

// `count` records at `start`; the volume itself need not mount.
Result<std::vector<decode::XattrPrefix>> load(ImageBuilder image,
                                              std::uint8_t count,
                                              std::uint32_t start) {
  image.super.xattr_prefix_count(count).xattr_prefix_start(start / 4);
  OpenImage volume(image);
  return xattr_prefixes(*volume, volume.budget);
}

TEST(XattrPrefixes, RecordsAreAligned) {
  ImageBuilder image;
  image.put(2048, hex("0900 04") + test::text_bytes("overlay.") +
                      hex("00 | 0300 01 756e") + repeat(0, 3) + hex("0001 06") +
                      repeat('x', 255));
  const auto table = load(image, 3, 2048);
  ASSERT_THAT(table, Succeeds());
  ASSERT_EQ(table->size(), 3U);
  EXPECT_EQ((*table)[0].base_index, 4);
  EXPECT_EQ((*table)[0].infix, "overlay.");
  EXPECT_EQ((*table)[1].infix, "un");
  EXPECT_EQ((*table)[1].at.offset, 2060U);
  EXPECT_EQ((*table)[2].infix, std::string(255, 'x'));
  EXPECT_EQ((*table)[2].at.offset, 2068U);
  EXPECT_TRUE(load(image, 0, 0xFFFFFFFC)->empty());
}

TEST(XattrPrefixes, WithinTheImage) {
  ImageBuilder image;
  image.put(kSize - 8, hex("0600 01") + test::text_bytes("abcde"));
  EXPECT_THAT(load(image, 1, kSize - 8), Succeeds());
  EXPECT_THAT(load(image, 2, kSize - 8),
              IsMalformed(RuleId::xattr_prefix_within_image, kSize, kSize));
  EXPECT_THAT(load(image, 1, 0xFFFFFFFC),
              IsMalformed(RuleId::xattr_prefix_within_image,
                          std::uint64_t{0xFFFFFFFC}, kSize));
  image.put(kSize - 8, hex("0700"));
  EXPECT_THAT(load(image, 1, kSize - 8),
              IsMalformed(RuleId::xattr_prefix_within_image, kSize - 8, kSize));
}

TEST(XattrPrefixes, LengthsAreThoseOfTheFormat) {
  ImageBuilder image;
  image.put(2048, hex("0100 01 00 | 0000"));
  EXPECT_THAT(load(image, 1, 2048), Succeeds());
  EXPECT_THAT(load(image, 2, 2048),
              IsMalformed(RuleId::xattr_prefix_length, 2052, 0));
  image.put(2048, hex("0101"));
  EXPECT_THAT(load(image, 1, 2048),
              IsMalformed(RuleId::xattr_prefix_length, 2048, 257));
}

TEST(XattrPrefixes, AreCharged) {
  ImageBuilder image;
  image.put(2048, hex("0100 01"));
  image.super.xattr_prefix_count(1).xattr_prefix_start(512);
  OpenImage volume(image);
  Budget work({257, test::kUnlimited, 0, 0}, format::budget_rules());
  EXPECT_THAT(xattr_prefixes(*volume, work),
              IsLimit(RuleId::limit_work_reached));
  Budget memory({test::kUnlimited, 8, 0, 0}, format::budget_rules());
  EXPECT_THAT(xattr_prefixes(*volume, memory),
              IsLimit(RuleId::limit_memory_reached));
}

// Every space has a record of its own name at byte 0 or 4 * 512.
ImageBuilder spaces(std::uint32_t compat, bool metabox, bool packed,
                    Layout layout = Layout::kFlatPlain) {
  ImageBuilder image;
  image.put(2048, hex("0200 01") + test::text_bytes("d"));
  image.super.feature_compat(compat).feature_incompat(
      (metabox ? format::incompat::kMetabox : 0) |
      (packed ? format::incompat::kFragments : 0));
  image.super.sb_extslots(1).packed_nid(packed ? 70 : 0);
  image.put(
      1024 + 128,
      test::bytes_of(format::SuperblockExtensionBuilder().metabox_nid(72)));
  image.inode(70, body(ModeType::kRegular, 2100, layout, 1));
  image.put(4096 + 2048, hex("0200 01") + test::text_bytes("p"));
  image.inode(72, body(ModeType::kRegular, 2100, layout, 2));
  image.put(8192 + 2048, hex("0200 01") + test::text_bytes("m"));
  return image;
}

std::string infix(const ImageBuilder& image) {
  const auto table = load(image, 1, 2048);
  EXPECT_THAT(table, Succeeds());
  return table && !table->empty() ? table->front().infix : "";
}

TEST(XattrPrefixes, SpaceOfTheTable) {
  constexpr std::uint32_t kPlain = format::compat::kPlainXattrPfx;
  EXPECT_EQ(infix(spaces(0, false, false)), "d");
  EXPECT_EQ(infix(spaces(0, false, true)), "p");
  EXPECT_EQ(infix(spaces(0, true, false)), "m");
  EXPECT_EQ(infix(spaces(0, true, true)), "m");
  EXPECT_EQ(infix(spaces(kPlain, true, true)), "d");
}

TEST(XattrPrefixes, SpacesThatCannotBeRead) {
  // All of the spaces is a fragment, which it must not be.
  const auto nested =
      FaultsAs(FaultKind::kMalformed, RuleId::cluster_fragment_nested);
  const Bytes header = hex("00000000 00000080");
  ImageBuilder packed = spaces(0, false, true, Layout::kCompressedFull);
  packed.put(70 * 32 + 32, header);
  EXPECT_THAT(load(packed, 1, 2048), nested);
  EXPECT_THAT(load(packed, 0, 2048), Succeeds());
  ImageBuilder metabox = spaces(0, true, false, Layout::kCompressedFull);
  metabox.put(72 * 32 + 32, header);
  EXPECT_THAT(load(metabox, 1, 2048), nested);
}

}  // namespace
}  // namespace erofs::read
