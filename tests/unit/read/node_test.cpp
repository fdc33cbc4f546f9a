// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/node.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "support/image_builder.h"

namespace erofs::read {
namespace {

using format::Layout;
using format::ModeType;
using test::body;
using test::FaultsAs;
using test::FaultsWith;
using test::ImageBuilder;
using test::IsLimit;
using test::IsMalformed;
using test::OpenImage;
using test::Succeeds;

constexpr std::uint64_t kFar = std::uint64_t{1} << 63;
constexpr std::uint64_t kSize = 8 * 4096;

TEST(Node, CompactWithXattrs) {
  ImageBuilder image;
  image.inode(
      50, body(ModeType::kRegular, 4, Layout::kFlatInline).i_xattr_icount(8));
  OpenImage volume(image);
  const auto found = node(*volume, 50, volume.budget);
  ASSERT_THAT(found, Succeeds());
  EXPECT_EQ(found->nid, 50U);
  EXPECT_EQ(found->at, (Place{Place::kPrimary, 1600}));
  EXPECT_EQ(found->xattrs_at(), (Place{Place::kPrimary, 1632}));
  EXPECT_EQ(found->file.tail, (Place{Place::kPrimary, 1672}));
  EXPECT_EQ(found->inode().size, 4U);
}

TEST(Node, ExtendedAcrossABlock) {
  ImageBuilder image;
  image.inode(127, format::InodeExtendedBuilder()
                       .i_format_version(1)
                       .i_mode_type(8)
                       .i_size(std::uint64_t{5} << 32)
                       .i_nlink(3));
  OpenImage volume(image);
  const auto found = node(*volume, 127, volume.budget);
  ASSERT_THAT(found, Succeeds());
  EXPECT_EQ(found->inode().size, std::uint64_t{5} << 32);
  EXPECT_EQ(found->inode().nlink, 3U);
  EXPECT_EQ(found->file.tail.offset, 127U * 32 + 64);
}

TEST(Node, CountsFromTheMetadataBlock) {
  ImageBuilder image;
  image.super.meta_blkaddr(2);
  image.put(2 * 4096 + 5 * 32,
            test::bytes_of(body(ModeType::kFifo, 0, Layout::kFlatPlain)));
  OpenImage volume(image);
  const auto found = node(*volume, 5, volume.budget);
  ASSERT_THAT(found, Succeeds());
  EXPECT_EQ(found->at.offset, 8352U);
}

TEST(Node, WithinTheImage) {
  ImageBuilder image;
  image.inode(kSize / 32 - 1, body(ModeType::kRegular, 0, Layout::kFlatPlain));
  OpenImage volume(image);
  EXPECT_THAT(node(*volume, kSize / 32 - 1, volume.budget), Succeeds());
  EXPECT_THAT(node(*volume, kSize / 32, volume.budget),
              IsMalformed(RuleId::inode_nid_within_image, kSize, kSize / 32));
  // The position does not fit 64 bits.
  const std::uint64_t wild = kFar - 1;
  EXPECT_THAT(
      node(*volume, wild, volume.budget),
      IsMalformed(RuleId::inode_nid_within_image, ~std::uint64_t{0}, wild));
}

TEST(Node, BodyCutByTheEnd) {
  ImageBuilder image;
  image.inode(
      kSize / 32 - 1,
      body(ModeType::kRegular, 0, Layout::kFlatPlain).i_format_version(1));
  OpenImage volume(image);
  EXPECT_THAT(node(*volume, kSize / 32 - 1, volume.budget),
              IsMalformed(RuleId::inode_nid_within_image, kSize - 32, 32));
}

TEST(Node, XattrsWithinTheImage) {
  ImageBuilder image;
  const std::uint64_t nid = kSize / 32 - 3;  // 64 bytes behind the body
  const auto inode = [&](std::uint16_t count) {
    return body(ModeType::kRegular, 0, Layout::kFlatPlain)
        .i_xattr_icount(count);
  };
  image.inode(nid, inode(14));
  OpenImage fits(image);
  EXPECT_THAT(node(*fits, nid, fits.budget), Succeeds());
  image.inode(nid, inode(15));
  OpenImage over(image);
  EXPECT_THAT(node(*over, nid, over.budget),
              IsMalformed(RuleId::xattr_ibody_within_image, kSize - 64, 68));
}

TEST(Node, MetaboxNidsNeedAMetabox) {
  ImageBuilder image;
  OpenImage volume(image);
  EXPECT_THAT(node(*volume, kFar | 1, volume.budget),
              FaultsWith(Fault{FaultKind::kMalformed,
                               RuleId::inode_nid_metabox,
                               {Place::kMetabox, 0},
                               kFar | 1}));
}

ImageBuilder with_metabox(const test::Bytes& content, Layout layout) {
  ImageBuilder image;
  image.super.feature_incompat(format::incompat::kMetabox).sb_extslots(1);
  image.put(
      1024 + 128,
      test::bytes_of(format::SuperblockExtensionBuilder().metabox_nid(60)));
  image.inode(60, body(ModeType::kRegular, content.size(), layout, 1));
  image.put(4096, content);
  return image;
}

TEST(Node, InTheMetabox) {
  const test::Bytes box =
      test::repeat(0, 64) +
      test::bytes_of(body(ModeType::kRegular, 3, Layout::kFlatInline)) +
      test::text_bytes("abc");
  OpenImage volume(with_metabox(box, Layout::kFlatPlain));
  const auto found = node(*volume, kFar | 2, volume.budget);
  ASSERT_THAT(found, Succeeds());
  EXPECT_EQ(found->at, (Place{Place::kMetabox, 64}));
  EXPECT_EQ(found->file.tail, (Place{Place::kMetabox, 96}));
  EXPECT_EQ(found->file.space, volume->metabox());
  EXPECT_THAT(node(*volume, kFar | 4, volume.budget),
              FaultsWith(Fault{FaultKind::kMalformed,
                               RuleId::inode_nid_within_image,
                               {Place::kMetabox, 128},
                               kFar | 4}));
}

TEST(Node, InAnUnreadableMetabox) {
  // All of it is a fragment, which it must not be.
  ImageBuilder image =
      with_metabox(test::repeat(0, 64), Layout::kCompressedFull);
  image.put(60 * 32 + 32, test::hex("00000000 00000080"));
  OpenImage volume(image);
  EXPECT_THAT(node(*volume, kFar, volume.budget),
              FaultsAs(FaultKind::kMalformed, RuleId::cluster_fragment_nested));
}

TEST(Node, ChargesItsBody) {
  ImageBuilder image;
  OpenImage volume(image);
  Budget little = test::with_work(63);
  EXPECT_THAT(node(*volume, 40, little), IsLimit(RuleId::limit_work_reached));
}

TEST(LinuxIno, IsTheNid) {
  OpenImage volume{ImageBuilder()};
  EXPECT_EQ(linux_ino(*volume, 0x123456789ABC), 0x123456789ABCU);
}

TEST(LinuxIno, MovesBit63WithAMetabox) {
  OpenImage volume(with_metabox(test::repeat(0, 64), Layout::kFlatPlain));
  EXPECT_EQ(linux_ino(*volume, 5), 5U);
  EXPECT_EQ(linux_ino(*volume, kFar | 5), 0x80000005U);
  EXPECT_EQ(linux_ino(*volume, 0x80000005), 0x100000005U);
  EXPECT_EQ(linux_ino(*volume, kFar | 0x180000000), 0x380000000U);
}

}  // namespace
}  // namespace erofs::read
