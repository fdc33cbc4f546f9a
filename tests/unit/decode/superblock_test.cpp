// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/superblock.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "support/hex.h"
#include "support/matchers.h"

namespace erofs::decode {
namespace {

using test::Bytes;
using test::hex;
using test::IsMalformed;
using test::IsUnsupported;
using test::patched;
using test::repeat;
using test::Succeeds;
using test::text_bytes;
using test::view;

// Compat SB_CHKSUM, MTIME and XATTR_FILTER, blocks of 512 bytes.
Bytes sample() {
  return hex("e2 e1 f5 e0 | 78 56 34 12 | 07 00 00 00 | 09 | 00 | 24 00 |"
             "05 00 00 00 00 00 00 00 | fe ff ff ff ff ff ff ff |"
             "0a 00 00 00 | 03 00 00 00 | 01 00 00 00 | 02 00 00 00 |"
             "00 11 22 33 44 55 66 77 88 99 aa bb cc dd ee ff") +
         text_bytes("label") + repeat(0, 11) +
         hex("00 00 00 00 | ff ff | 02 00 | 09 00 | 00 | 04 | 25 01 00 00 |"
             "30 00 00 00 00 00 00 80 | 00 | 06 | 00 00 | 64 00 00 00 |"
             "31 00 00 00 00 00 00 00 | 00 00 00 00 00 00 00 00");
}

// The same with METABOX, FRAGMENTS, 48BIT and DEVICE_TABLE, and one slot.
Bytes modern() {
  Bytes bytes = patched(sample(), 13, hex("01"));
  bytes = patched(bytes, 80, hex("a8 01 00 00"));
  bytes = patched(bytes, 96, hex("30 00 00 00 00 00 00 00"));
  return bytes + hex("07 00 00 00 00 00 00 00 | 00 00 00 00 00 00 00 00");
}

Superblock decode(const Bytes& bytes) {
  const auto result = superblock(view(bytes));
  EXPECT_THAT(result, Succeeds());
  return result.value_or(Superblock());
}

Result<Superblock> attempt(const Bytes& bytes) {
  return superblock(view(bytes));
}

TEST(Superblock, EveryPlainField) {
  const Bytes bytes = sample();
  ASSERT_EQ(bytes.size(), 128U);
  const Superblock out = decode(bytes);
  EXPECT_EQ(out.checksum, 0x12345678U);
  EXPECT_EQ(out.geometry.features.compat, 7U);
  EXPECT_EQ(out.geometry.features.incompat, 0U);
  EXPECT_EQ(out.geometry.block_bits, 9);
  EXPECT_EQ(out.size, 128U);
  EXPECT_EQ(out.root_nid, 36U);
  EXPECT_EQ(out.inos, 5U);
  EXPECT_EQ(out.geometry.epoch, -2);
  EXPECT_EQ(out.geometry.fixed_nsec, 10U);
  EXPECT_EQ(out.blocks, 3U);
  EXPECT_EQ(out.geometry.meta_blkaddr, 1U);
  EXPECT_EQ(out.geometry.xattr_blkaddr, 2U);
  EXPECT_EQ(out.uuid[1], std::byte{0x11});
  EXPECT_EQ(out.uuid[15], std::byte{0xff});
  EXPECT_EQ(ByteView(out.volume_name).head(6).text(),
            std::string_view("label\0", 6));
  EXPECT_EQ(out.compression, 0xFFFF);
  EXPECT_EQ(out.device_table_at, 1152U);
  EXPECT_EQ(out.xattr_prefix_count, 4);
  EXPECT_EQ(out.xattr_prefix_start, 1172U);
  EXPECT_EQ(out.ishare_prefix_id, 6);
  EXPECT_EQ(out.build_time, 100U);
}

TEST(Superblock, FieldsCountOnlyWithTheirFeatures) {
  // packed_nid even has bit 63, but nobody looks at it.
  const Superblock out = decode(sample());
  EXPECT_EQ(out.geometry.extra_devices, 0);
  EXPECT_EQ(out.packed_nid, 0U);
  EXPECT_EQ(out.metabox_nid, std::nullopt);
  const Superblock all = decode(modern());
  EXPECT_EQ(all.geometry.extra_devices, 2);
  EXPECT_EQ(all.packed_nid, 48U);
  EXPECT_EQ(all.metabox_nid, 7U);
  EXPECT_EQ(all.size, 144U);
}

TEST(Superblock, LongRootNidsMoveTheBlockCount) {
  const Superblock out = decode(modern());
  EXPECT_EQ(out.root_nid, 49U);
  EXPECT_EQ(out.blocks, 0x2400000003U);
  const Superblock none = decode(patched(modern(), 112, repeat(0, 8)));
  EXPECT_EQ(none.root_nid, 36U);
  EXPECT_EQ(none.blocks, 3U);
}

TEST(Superblock, TheFilterNeedsItsReservedByteToBeZero) {
  EXPECT_TRUE(decode(sample()).geometry.filter_usable);
  const Bytes off = patched(sample(), 104, hex("01"));
  EXPECT_FALSE(decode(off).geometry.filter_usable);
  const Bytes without = patched(sample(), 8, hex("03"));
  EXPECT_FALSE(decode(without).geometry.filter_usable);
}

TEST(Superblock, NeedsItsBytes) {
  const RuleId rule = RuleId::superblock_image_size;
  EXPECT_THAT(attempt({}), IsMalformed(rule, 1024, 0));
  Bytes cut = sample();
  cut.pop_back();
  EXPECT_THAT(attempt(cut), IsMalformed(rule, 1024, 127));
  EXPECT_THAT(attempt(sample() + repeat(0, 100)), Succeeds());
}

TEST(Superblock, NeedsItsExtensionSlots) {
  const RuleId rule = RuleId::superblock_image_size;
  const Bytes most = patched(sample(), 13, hex("b8"));
  EXPECT_THAT(attempt(most + repeat(0, 2943)), IsMalformed(rule, 1024, 3071));
  EXPECT_EQ(decode(most + repeat(0, 2944)).size, 3072U);
  const Bytes more = patched(sample(), 13, hex("b9"));
  EXPECT_THAT(attempt(more + repeat(0, 2960)),
              IsMalformed(RuleId::superblock_extslots_fit, 1037, 185));
}

TEST(Superblock, Magic) {
  EXPECT_THAT(attempt(patched(sample(), 3, hex("e1"))),
              IsMalformed(RuleId::superblock_magic_equals, 1024, 0xE1F5E1E2));
}

TEST(Superblock, BlockSizes) {
  const RuleId rule = RuleId::superblock_blkszbits_range;
  EXPECT_THAT(attempt(patched(sample(), 12, hex("08"))),
              IsMalformed(rule, 1036, 8));
  EXPECT_EQ(decode(patched(sample(), 12, hex("10"))).geometry.block_bits, 16);
  EXPECT_THAT(attempt(patched(sample(), 12, hex("11"))),
              IsMalformed(rule, 1036, 17));
  EXPECT_THAT(attempt(patched(sample(), 12, hex("ff"))),
              IsMalformed(rule, 1036, 255));
}

TEST(Superblock, DirectoryBlockSize) {
  EXPECT_THAT(attempt(patched(sample(), 90, hex("01"))),
              IsMalformed(RuleId::superblock_dirblkbits_zero, 1114, 1));
}

TEST(Superblock, UnknownIncompatBitsAreUnsupported) {
  EXPECT_THAT(attempt(patched(sample(), 80, hex("00 02 00 00"))),
              IsUnsupported(RuleId::superblock_incompat_known, 1104, 0x200));
  EXPECT_THAT(
      attempt(patched(sample(), 80, hex("00 00 00 80"))),
      IsUnsupported(RuleId::superblock_incompat_known, 1104, 0x80000000));
  // Unknown compat bits are not.
  EXPECT_THAT(attempt(patched(sample(), 8, hex("ff ff ff ff"))), Succeeds());
}

TEST(Superblock, TheMetaboxNeedsItsSlot) {
  EXPECT_THAT(attempt(patched(modern(), 13, hex("00"))),
              IsMalformed(RuleId::superblock_metabox_extslots, 1037, 0));
}

TEST(Superblock, TheMetaboxIsNotWithinItself) {
  EXPECT_THAT(attempt(patched(modern(), 135, hex("80"))),
              IsMalformed(RuleId::superblock_metabox_nid_plain, 1152,
                          0x8000000000000007U));
}

TEST(Superblock, ThePackedInodeIsNotInTheMetabox) {
  EXPECT_THAT(attempt(patched(modern(), 103, hex("80"))),
              IsMalformed(RuleId::superblock_packed_nid_plain, 1120,
                          0x8000000000000030U));
}

TEST(Checksum, SpanEndsWithTheBlockOrIsOne) {
  const auto span = [](std::uint8_t bits) {
    Geometry geometry;
    geometry.block_bits = bits;
    return checksum_span(geometry);
  };
  EXPECT_EQ(span(9), 512U);
  EXPECT_EQ(span(10), 1024U);
  EXPECT_EQ(span(11), 1024U);
  EXPECT_EQ(span(12), 3072U);
  EXPECT_EQ(span(16), 64512U);
}

// Computed bit by bit, apart from this library.
constexpr std::uint32_t kSum = 0xC2317BAC;

Bytes sealed() {
  return patched(sample(), 4, hex("ac 7b 31 c2")) + repeat(0, 384);
}

TEST(Checksum, TakesItsOwnFieldAsZero) {
  const Bytes bytes = sealed();
  EXPECT_EQ(superblock_checksum(view(bytes)), kSum);
  const Bytes other = patched(bytes, 4, hex("00 00 00 00"));
  EXPECT_EQ(superblock_checksum(view(other)), kSum);
}

TEST(Checksum, Matches) {
  const Bytes bytes = sealed();
  EXPECT_THAT(verify_checksum(decode(bytes), view(bytes)), Succeeds());
  // Bytes behind the span do not count.
  const Bytes more = bytes + hex("01");
  EXPECT_THAT(verify_checksum(decode(more), view(more)), Succeeds());
}

TEST(Checksum, EveryCoveredByteCounts) {
  const Bytes bytes = sealed();
  const Superblock expected = decode(bytes);
  for (const std::size_t at : {0U, 3U, 8U, 127U, 128U, 511U}) {
    Bytes bad = bytes;
    bad[at] ^= std::byte{0x40};
    EXPECT_THAT(verify_checksum(expected, view(bad)),
                IsMalformed(RuleId::superblock_checksum_match, 1028,
                            superblock_checksum(view(bad))))
        << at;
  }
}

TEST(Checksum, AWrongOneIsRefused) {
  const Bytes bytes = patched(sealed(), 4, hex("00 00 00 00"));
  EXPECT_THAT(verify_checksum(decode(bytes), view(bytes)),
              IsMalformed(RuleId::superblock_checksum_match, 1028, kSum));
}

TEST(Checksum, WithoutTheFeatureThereIsNone) {
  const Bytes bytes = patched(sealed(), 8, hex("06"));
  EXPECT_THAT(verify_checksum(decode(bytes), view(bytes)), Succeeds());
}

TEST(Checksum, NeedsItsBytes) {
  Bytes bytes = sealed();
  const Superblock expected = decode(bytes);
  bytes.pop_back();
  EXPECT_THAT(verify_checksum(expected, view(bytes)),
              IsMalformed(RuleId::superblock_image_size, 1024, 511));
}

}  // namespace
}  // namespace erofs::decode
