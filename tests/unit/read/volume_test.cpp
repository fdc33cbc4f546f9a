// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/volume.h"

#include <gtest/gtest.h>

#include "format/device.gen.h"
#include "format/rule_ids.gen.h"
#include "support/compressed.h"
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
using test::malformed_at;
using test::OpenImage;
using test::repeat;
using test::Succeeds;

constexpr std::uint64_t kRoot = ImageBuilder::kRoot;

ImageBuilder good() {
  ImageBuilder image;
  image.directory(kRoot, {{".", kRoot}, {"..", kRoot}});
  return image;
}

using Nid = std::optional<std::uint64_t>;

// That the one mount fault is `fault`.
void expect_mount_fault(const OpenImage& volume, const Fault& fault, Nid nid) {
  const auto faults = volume->mount_faults();
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].fault, fault);
  EXPECT_EQ(faults[0].nid, nid);
  EXPECT_THAT(volume->mountable(), FaultsWith(fault));
}

TEST(Volume, Opens) {
  OpenImage volume(good());
  EXPECT_THAT(volume->mountable(), Succeeds());
  EXPECT_TRUE(volume->mount_faults().empty());
  EXPECT_EQ(volume->superblock().root_nid, kRoot);
  EXPECT_EQ(volume->geometry().block_size(), 4096U);
  EXPECT_EQ(volume->metabox(), nullptr);
  EXPECT_EQ(volume->packed(), nullptr);
  EXPECT_FALSE(volume->metabox_fault().has_value());
  EXPECT_TRUE(volume->devices().slots().empty());
  EXPECT_TRUE(volume->prefixes().empty());
}

TEST(Volume, NeedsASuperblock) {
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1024}, std::size_t{1151}}) {
    Bytes cut = good().finish();
    cut.resize(size);
    EXPECT_THAT(OpenImage(std::move(cut)).opened,
                FaultsAs(FaultKind::kMalformed, RuleId::superblock_image_size));
  }
  ImageBuilder image = good();
  image.super.magic(1);
  EXPECT_THAT(OpenImage(image).opened,
              FaultsAs(FaultKind::kMalformed, RuleId::superblock_magic_equals));
}

TEST(Volume, KeepsAWrongChecksum) {
  ImageBuilder image = good();
  image.super.feature_compat(format::compat::kSbChksum);
  const OpenImage volume(image);
  ASSERT_EQ(volume->mount_faults().size(), 1U);
  EXPECT_EQ(volume->mount_faults()[0].fault.rule,
            RuleId::superblock_checksum_match);
  const auto found = volume->mount_faults()[0].fault.value;
  image.super.checksum(static_cast<std::uint32_t>(found));
  EXPECT_THAT(OpenImage(image)->mountable(), Succeeds());
}

TEST(Volume, RootIsADirectory) {
  ImageBuilder image;
  image.file(kRoot, "x");
  expect_mount_fault(
      OpenImage(image),
      malformed_at(RuleId::superblock_root_directory, kRoot * 32, 8), kRoot);
  ImageBuilder none;
  expect_mount_fault(OpenImage(none),
                     malformed_at(RuleId::inode_mode_type, kRoot * 32 + 4, 0),
                     kRoot);
}

ImageBuilder with_devices(std::uint16_t count, std::uint16_t slot) {
  ImageBuilder image = good();
  image.super.feature_incompat(format::incompat::kDeviceTable)
      .extra_devices(count)
      .devt_slotoff(slot);
  return image;
}

TEST(Volume, DeviceTable) {
  ImageBuilder image = with_devices(2, 30);
  image.put(
      31 * 128,
      test::bytes_of(format::DeviceSlotBuilder().blocks_lo(7).uniaddr_lo(9)));
  OpenImage volume(image);
  ASSERT_EQ(volume->devices().slots().size(), 2U);
  EXPECT_EQ(volume->devices().slots()[1].blocks, 7U);
  EXPECT_EQ(volume->devices().slots()[1].uniaddr, 9U);
  EXPECT_TRUE(volume->devices().flattened());
  const OpenImage given(image, {repeat(0, 1), repeat(0, 2)});
  EXPECT_FALSE(given->devices().flattened());
  EXPECT_EQ(given->devices().device(2)->size(), 2U);
}

TEST(Volume, DeviceTableWithinTheImage) {
  constexpr std::uint16_t kSlots = 8 * 4096 / 128;
  EXPECT_THAT(OpenImage(with_devices(2, kSlots - 2)).opened, Succeeds());
  EXPECT_THAT(
      OpenImage(with_devices(2, kSlots - 1)).opened,
      IsMalformed(RuleId::device_table_within_image, (kSlots - 1) * 128, 2));
  EXPECT_THAT(
      OpenImage(with_devices(65535, 65535)).opened,
      IsMalformed(RuleId::device_table_within_image, 65535 * 128, 65535));
}

TEST(Volume, AllDevicesOrNone) {
  const auto missing = FaultsAs(FaultKind::kIo, RuleId::device_blob_present);
  EXPECT_THAT(OpenImage(with_devices(2, 30), {repeat(0, 1)}).opened, missing);
  EXPECT_THAT(OpenImage(good(), {repeat(0, 1)}).opened, missing);
}

ImageBuilder with_special(bool metabox,
                          const format::InodeCompactBuilder& inode) {
  ImageBuilder image = good();
  image.super
      .feature_incompat(metabox ? format::incompat::kMetabox
                                : format::incompat::kFragments)
      .sb_extslots(1)
      .packed_nid(metabox ? 0 : 60);
  image.put(
      1024 + 128,
      test::bytes_of(format::SuperblockExtensionBuilder().metabox_nid(60)));
  image.inode(60, inode);
  return image;
}

TEST(Volume, SpecialInodesAreSpaces) {
  const auto inode = body(ModeType::kRegular, 5000, Layout::kFlatPlain, 2);
  const OpenImage metabox(with_special(true, inode));
  EXPECT_THAT(metabox->mountable(), Succeeds());
  ASSERT_NE(metabox->metabox(), nullptr);
  EXPECT_EQ(metabox->metabox()->size(), 5000U);
  EXPECT_EQ(metabox->packed(), nullptr);
  const OpenImage packed(with_special(false, inode));
  EXPECT_THAT(packed->mountable(), Succeeds());
  ASSERT_NE(packed->packed(), nullptr);
  EXPECT_EQ(packed->packed()->size(), 5000U);
}

TEST(Volume, SpecialInodesAreRegularFiles) {
  const auto fifo = body(ModeType::kFifo, 0, Layout::kFlatPlain);
  const Fault metabox =
      malformed_at(RuleId::superblock_metabox_regular, 60 * 32, 1);
  const OpenImage volume(with_special(true, fifo));
  expect_mount_fault(volume, metabox, 60);
  EXPECT_EQ(volume->metabox(), nullptr);
  EXPECT_EQ(volume->metabox_fault(), metabox);
  const Fault packed =
      malformed_at(RuleId::superblock_packed_regular, 60 * 32, 1);
  const OpenImage other(with_special(false, fifo));
  expect_mount_fault(other, packed, 60);
  EXPECT_EQ(other->packed_fault(), packed);
}

TEST(Volume, SpecialInodesMustLoad) {
  const Fault fault = malformed_at(RuleId::inode_mode_type, 60 * 32 + 4, 0);
  const OpenImage volume(with_special(true, format::InodeCompactBuilder()));
  expect_mount_fault(volume, fault, 60);
  EXPECT_EQ(volume->metabox_fault(), fault);
}

TEST(Volume, UnreadableSpacesDoNotKeepFromMounting) {
  // All of it is a fragment, which it must not be.
  ImageBuilder nested =
      with_special(true, body(ModeType::kRegular, 64, Layout::kCompressedFull));
  nested.put(60 * 32 + 32, hex("00000000 00000080"));
  const OpenImage volume(nested);
  EXPECT_THAT(volume->mountable(), Succeeds());
  // Unless what a mount needs is in there; said once, whoever needs it.
  nested.super
      .feature_incompat(format::incompat::kMetabox | format::incompat::k48bit)
      .rootnid_8b(format::kMetaboxNidBit)
      .xattr_prefix_count(1);
  const OpenImage root(nested);
  ASSERT_EQ(root->mount_faults().size(), 1U);
  EXPECT_EQ(root->mount_faults()[0].fault.rule,
            RuleId::cluster_fragment_nested);
}

TEST(Volume, SettingsOfTheAlgorithms) {
  ImageBuilder image = good();
  image.super.feature_incompat(format::incompat::kComprCfgs).u1(8);
  image.put(1024 + 128, hex("0600 00 07 00000000"));
  const OpenImage volume(image);
  EXPECT_THAT(volume->mountable(), Succeeds());
  EXPECT_EQ(volume->codecs().zstd_window_bits, 17U);
  EXPECT_EQ(volume->codec_records().size(), 1U);
  EXPECT_EQ(volume->map_image().codecs, &volume->codecs());
  image.put(1024 + 128, hex("0500"));
  const OpenImage bad(image);
  expect_mount_fault(bad, malformed_at(RuleId::codec_record_size, 1154, 5), {});
  EXPECT_EQ(bad->codecs().available, 0U);
}

TEST(Volume, ReadingOfSpacesIsChargedLater) {
  test::CompressedImage compressed;
  compressed.image.directory(kRoot, {});
  compressed.image.super
      .feature_incompat(format::incompat::kLz40padding |
                        format::incompat::kFragments)
      .packed_nid(compressed.kNid);
  const OpenImage volume(compressed.image);
  ASSERT_NE(volume->packed(), nullptr);
  Budget budget({1000, 0, 0, compressed.kSecond}, format::budget_rules());
  Bytes one(1);
  ASSERT_THAT(volume->packed()->read(0, MutableBytes(one)), Succeeds());
  EXPECT_THAT(volume->charge(budget, {}), Succeeds());
  EXPECT_GT(budget.work_spent(), 0U);
  const std::uint64_t spent = budget.work_spent();
  EXPECT_THAT(volume->charge(budget, {}), Succeeds());
  EXPECT_EQ(budget.work_spent(), spent);
  ASSERT_THAT(volume->packed()->read(compressed.kThird, MutableBytes(one)),
              Succeeds());
  EXPECT_THAT(volume->charge(budget, {}),
              IsLimit(RuleId::limit_output_reached));
}

TEST(Volume, RootInTheMetabox) {
  ImageBuilder image =
      with_special(true, body(ModeType::kRegular, 32, Layout::kFlatPlain, 2));
  image.super
      .feature_incompat(format::incompat::kMetabox | format::incompat::k48bit)
      .rootnid_8b(format::kMetaboxNidBit);
  image.put(8192,
            test::bytes_of(body(ModeType::kDirectory, 0, Layout::kFlatPlain)));
  EXPECT_THAT(OpenImage(image)->mountable(), Succeeds());
}

TEST(Volume, BadPrefixTables) {
  ImageBuilder image = good();
  image.super.xattr_prefix_count(1).xattr_prefix_start(2048);
  expect_mount_fault(OpenImage(image),
                     malformed_at(RuleId::xattr_prefix_length, 8192, 0), {});
  image.put(8192, hex("0200 01 61"));
  const OpenImage volume(image);
  ASSERT_EQ(volume->prefixes().size(), 1U);
  EXPECT_EQ(volume->prefixes()[0].infix, "a");
}

TEST(Volume, LimitsAndHostFaultsAreNotKept) {
  const Bytes bytes = good().finish();
  for (const std::uint64_t work : {0U, 5000U, 7343U}) {
    EXPECT_THAT(OpenImage(bytes, {}, test::with_work(work)).opened,
                IsLimit(RuleId::limit_work_reached))
        << work;
  }
  EXPECT_THAT(OpenImage(bytes, {}, test::with_work(7344)).opened, Succeeds());
}

}  // namespace
}  // namespace erofs::read
