// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/xattrs.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "format/xattr.gen.h"
#include "support/image_builder.h"

namespace erofs::read {
namespace {

using format::Layout;
using format::ModeType;
using test::body;
using test::Bytes;
using test::FaultsAs;
using test::FaultsWith;
using test::hex;
using test::ImageBuilder;
using test::IsLimit;
using test::IsMalformed;
using test::OpenImage;
using test::Succeeds;

constexpr std::uint64_t kNid = 60;
constexpr std::uint64_t kArea = kNid * 32 + 32;

// user.empty = "" and one shared id.
ImageBuilder with_area() {
  ImageBuilder image;
  image.inode(kNid,
              body(ModeType::kRegular, 0, Layout::kFlatPlain).i_xattr_icount(5),
              hex("fbdffeff 01 00000000000000 10000000 | 0501 0000") +
                  test::text_bytes("empty") + hex("000000"));
  return image;
}

TEST(XattrArea, BytesAndViews) {
  OpenImage volume(with_area());
  const auto inode = node(*volume, kNid, volume.budget);
  ASSERT_THAT(inode, Succeeds());
  const auto area = xattr_area(*volume, *inode, volume.budget);
  ASSERT_THAT(area, Succeeds());
  EXPECT_EQ(area->at.offset, kArea);
  EXPECT_EQ(area->bytes.size(), 28U);
  EXPECT_EQ(area->body.name_filter, 0xFFFEDFFBU);
  EXPECT_EQ(area->body.shared_ids, (std::vector<std::uint32_t>{16}));
  ASSERT_EQ(area->body.entries.size(), 1U);
  EXPECT_EQ(area->body.entries[0].suffix, "empty");
  EXPECT_EQ(area->body.entries[0].at.offset, kArea + 16);
}

TEST(XattrArea, NoneAndFaults) {
  ImageBuilder image = with_area();
  image.file(70, "x");
  image.put(kArea + 16, hex("0601"));
  OpenImage volume(image);
  const auto without = node(*volume, 70, volume.budget);
  ASSERT_THAT(without, Succeeds());
  const auto area = xattr_area(*volume, *without, volume.budget);
  ASSERT_THAT(area, Succeeds());
  EXPECT_TRUE(area->bytes.empty());
  EXPECT_TRUE(area->body.entries.empty());
  const auto with = node(*volume, kNid, volume.budget);
  ASSERT_THAT(with, Succeeds());
  EXPECT_THAT(xattr_area(*volume, *with, volume.budget), Succeeds());
  Budget little = test::with_work(27);
  EXPECT_THAT(xattr_area(*volume, *with, little),
              IsLimit(RuleId::limit_work_reached));
}

TEST(SharedXattr, CountsFromItsBlock) {
  ImageBuilder image;
  image.super.xattr_blkaddr(2);
  image.put(2 * 4096 + 4 * 5, hex("0101 0300 61 313233"));
  OpenImage volume(image);
  EXPECT_EQ(shared_xattr_place(*volume, 5), (Place{Place::kPrimary, 8212}));
  const auto shared = shared_xattr(*volume, 5, volume.budget);
  ASSERT_THAT(shared, Succeeds());
  EXPECT_EQ(shared->entry.suffix, "a");
  EXPECT_EQ(shared->entry.value.text(), "123");
  EXPECT_EQ(shared->entry.at.offset, 8212U);
  EXPECT_EQ(shared->bytes.size(), 8U);
  Budget little = test::with_work(11);
  EXPECT_THAT(shared_xattr(*volume, 5, little),
              IsLimit(RuleId::limit_work_reached));
}

TEST(SharedXattr, WithinTheImage) {
  ImageBuilder image;
  image.put(8 * 4096 - 8, hex("0101 0300 61 313233"));
  image.put(8 * 4096 - 16, hex("0101 0700 61 313233"));
  OpenImage volume(image);
  constexpr std::uint32_t kUnits = 8 * 4096 / 4;
  EXPECT_THAT(shared_xattr(*volume, kUnits - 2, volume.budget), Succeeds());
  EXPECT_THAT(shared_xattr(*volume, kUnits - 4, volume.budget), Succeeds());
  // The last four bytes are a head that wants more.
  EXPECT_THAT(shared_xattr(*volume, kUnits - 1, volume.budget),
              IsMalformed(RuleId::xattr_shared_id_within_image, 8 * 4096 - 4,
                          kUnits - 1));
  EXPECT_THAT(
      shared_xattr(*volume, kUnits, volume.budget),
      IsMalformed(RuleId::xattr_shared_id_within_image, 8 * 4096, kUnits));
  EXPECT_THAT(shared_xattr(*volume, 0xFFFFFFFF, volume.budget),
              IsMalformed(RuleId::xattr_shared_id_within_image, 0x3FFFFFFFC,
                          0xFFFFFFFF));
}

ImageBuilder in_metabox(Layout layout) {
  ImageBuilder image;
  image.super.feature_incompat(format::incompat::kMetabox)
      .feature_compat(format::compat::kSharedEaInMetabox)
      .sb_extslots(1);
  image.put(
      1024 + 128,
      test::bytes_of(format::SuperblockExtensionBuilder().metabox_nid(kNid)));
  image.inode(kNid, body(ModeType::kRegular, 16, layout, 1));
  image.put(4096, hex("00000000 0101 0300 61 313233"));
  return image;
}

TEST(SharedXattr, InTheMetabox) {
  OpenImage volume(in_metabox(Layout::kFlatPlain));
  EXPECT_EQ(shared_xattr_place(*volume, 1), (Place{Place::kMetabox, 4}));
  const auto shared = shared_xattr(*volume, 1, volume.budget);
  ASSERT_THAT(shared, Succeeds());
  EXPECT_EQ(shared->entry.value.text(), "123");
  EXPECT_THAT(shared_xattr(*volume, 4, volume.budget),
              FaultsWith(Fault{FaultKind::kMalformed,
                               RuleId::xattr_shared_id_within_image,
                               {Place::kMetabox, 16},
                               4}));
  // All of the metabox is a fragment, which it must not be.
  ImageBuilder nested = in_metabox(Layout::kCompressedFull);
  nested.put(kNid * 32 + 32, hex("00000000 00000080"));
  OpenImage unreadable(nested);
  EXPECT_THAT(shared_xattr(*unreadable, 1, unreadable.budget),
              FaultsAs(FaultKind::kMalformed, RuleId::cluster_fragment_nested));
  ImageBuilder image;
  image.super.feature_compat(format::compat::kSharedEaInMetabox);
  OpenImage none(image);
  EXPECT_THAT(shared_xattr(*none, 1, none.budget),
              FaultsWith(Fault{FaultKind::kMalformed,
                               RuleId::xattr_shared_id_within_image,
                               {Place::kMetabox, 4},
                               1}));
}

XattrName named(const OpenImage& volume, std::uint8_t index,
                std::string_view suffix) {
  decode::XattrEntry entry;
  entry.name_index = index;
  entry.suffix = suffix;
  return xattr_name(*volume, entry);
}

TEST(XattrName, ShortPrefixes) {
  OpenImage volume{ImageBuilder()};
  EXPECT_EQ(named(volume, 1, "a").linux_name(), "user.a");
  EXPECT_EQ(named(volume, 2, "").linux_name(), "system.posix_acl_access");
  EXPECT_EQ(named(volume, 3, "").linux_name(), "system.posix_acl_default");
  EXPECT_EQ(named(volume, 4, "a").linux_name(), "trusted.a");
  EXPECT_EQ(named(volume, 6, "a").linux_name(), "security.a");
  for (const int hidden : {0, 5, 7, 127}) {
    const auto index = static_cast<std::uint8_t>(hidden);
    EXPECT_EQ(named(volume, index, "a").linux_name(), "") << hidden;
    EXPECT_TRUE(named(volume, index, "a").known_prefix);
  }
}

TEST(XattrName, LongPrefixes) {
  ImageBuilder image;
  image.super.xattr_prefix_count(2).xattr_prefix_start(512);
  image.put(2048, hex("0900 04") + test::text_bytes("overlay.") +
                      hex("00 | 0200 80 61"));
  OpenImage volume(image);
  const XattrName name = named(volume, 0x80, "origin");
  EXPECT_EQ(name.base_index, 4);
  EXPECT_EQ(name.rest, "overlay.origin");
  EXPECT_EQ(name.linux_name(), "trusted.overlay.origin");
  // A prefix on a prefix names nothing.
  EXPECT_EQ(named(volume, 0x81, "b").linux_name(), "");
  const XattrName unknown = named(volume, 0x82, "b");
  EXPECT_FALSE(unknown.known_prefix);
  EXPECT_EQ(unknown.base_index, 0x82);
  EXPECT_EQ(unknown.linux_name(), "");
}

// Bits of names in images that mkfs.erofs wrote.
TEST(XattrFilterBit, KnownValues) {
  EXPECT_EQ(xattr_filter_bit({2, "", true}), 30U);
  EXPECT_EQ(xattr_filter_bit({3, "", true}), 21U);
  EXPECT_EQ(xattr_filter_bit({6, "selinux", true}), 11U);
  std::uint32_t filter = 0xFFFFFFFF;
  for (const char* name : {"common", "empty", "uniq6"}) {
    filter &= ~(std::uint32_t{1} << xattr_filter_bit({1, name, true}));
  }
  EXPECT_EQ(filter, 0xFFFEDFFB);
}

}  // namespace
}  // namespace erofs::read
