// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/inode.h"

#include <gtest/gtest.h>

#include <limits>

#include "format/rule_ids.gen.h"
#include "support/hex.h"
#include "support/matchers.h"

namespace erofs::decode {
namespace {

using format::Layout;
using format::ModeType;
using test::Bytes;
using test::hex;
using test::IsMalformed;
using test::patched;
using test::repeat;
using test::Succeeds;
using test::view;

constexpr Place kAt{Place::kPrimary, 1152};

Geometry geometry() {
  Geometry out;
  out.block_bits = 12;
  out.epoch = 1000;
  out.fixed_nsec = 7;
  return out;
}

// A regular file of 4 bytes, inline, with xattrs.
Bytes compact_bytes() {
  return hex(
      "04 00 | 08 00 | a4 81 | 01 00 | 04 00 00 00 | 05 00 00 00 |"
      "ff ff ff ff | 08 00 00 00 | e8 03 | 64 00 | 00 00 00 00");
}

// A character device 5:300.
Bytes extended_bytes() {
  return hex("01 00 | 00 00 | a4 21 | 00 00 | 00 00 00 00 00 00 00 00 |"
             "2c 05 10 00 | 21 00 00 00 | 01 00 00 80 | 02 00 00 40 |"
             "e8 03 00 00 00 00 00 00 | 09 00 00 00 | 03 00 00 00") +
         repeat(0, 16);
}

// A regular FLAT_PLAIN file in the extended form, start block 0x10000002a.
Bytes extended_file() {
  return patched(patched(extended_bytes(), 4, hex("a4 81 01 00")), 16,
                 hex("2a 00 00 00"));
}

Inode decode(const Bytes& bytes, const Geometry& with = geometry()) {
  const auto result = inode(view(bytes), kAt, with);
  EXPECT_THAT(result, Succeeds());
  return result.value_or(Inode());
}

Result<Inode> attempt(const Bytes& bytes) {
  return inode(view(bytes), kAt, geometry());
}

TEST(InodeCompact, EveryField) {
  const Inode out = decode(compact_bytes());
  EXPECT_FALSE(out.extended);
  EXPECT_EQ(out.layout, Layout::kFlatInline);
  EXPECT_EQ(out.type, ModeType::kRegular);
  EXPECT_EQ(out.permissions, 0644);
  EXPECT_FALSE(out.nlink_one);
  EXPECT_FALSE(out.dot_omitted);
  EXPECT_EQ(out.uid, 1000U);
  EXPECT_EQ(out.gid, 100U);
  EXPECT_EQ(out.nlink, 1U);
  EXPECT_EQ(out.size, 4U);
  EXPECT_EQ(out.mtime, 1005);
  EXPECT_EQ(out.mtime_nsec, 7U);
  EXPECT_EQ(out.raw_mtime, 5U);
  EXPECT_EQ(out.ino, 8U);
  EXPECT_EQ(out.raw_nb, 1);
  EXPECT_EQ(out.raw_u, 0xFFFFFFFFU);
  EXPECT_EQ(out.startblk, 0xFFFFFFFFU);
  EXPECT_FALSE(out.flat_hole);
  EXPECT_EQ(out.xattr_icount, 8);
  EXPECT_EQ(out.xattr_size, 40U);
  EXPECT_EQ(out.body_size, 32U);
}

TEST(InodeExtended, EveryField) {
  const Inode out = decode(extended_bytes());
  EXPECT_TRUE(out.extended);
  EXPECT_EQ(out.layout, Layout::kFlatPlain);
  EXPECT_EQ(out.type, ModeType::kCharDevice);
  EXPECT_EQ(out.permissions, 0644);
  EXPECT_EQ(out.uid, 0x80000001U);
  EXPECT_EQ(out.gid, 0x40000002U);
  EXPECT_EQ(out.nlink, 3U);
  EXPECT_EQ(out.size, 0U);
  EXPECT_EQ(out.mtime, 1000);
  EXPECT_EQ(out.mtime_nsec, 9U);
  EXPECT_EQ(out.ino, 0x21U);
  EXPECT_EQ(out.rdev_major(), 5U);
  EXPECT_EQ(out.rdev_minor(), 300U);
  EXPECT_EQ(out.startblk, 0U);
  EXPECT_EQ(out.xattr_size, 0U);
  EXPECT_EQ(out.body_size, 64U);
}

TEST(Inode, DeviceNumbersAreWide) {
  const Inode out = decode(patched(extended_bytes(), 16, hex("70 03 11 11")));
  EXPECT_EQ(out.rdev_major(), 259U);
  EXPECT_EQ(out.rdev_minor(), 70000U);
  const Inode most = decode(patched(extended_bytes(), 16, hex("ff ff ff ff")));
  EXPECT_EQ(most.rdev_major(), 4095U);
  EXPECT_EQ(most.rdev_minor(), 0xFFFFFU);
}

TEST(Inode, HighHalfOfTheStartBlock) {
  EXPECT_EQ(decode(extended_file()).startblk, 0x10000002AU);
  // Compact: i_nb is the link count, but for bit 4 of i_format.
  const Bytes plain = patched(compact_bytes(), 6, hex("03 00"));
  EXPECT_EQ(decode(plain).startblk, 0xFFFFFFFFU);
  EXPECT_EQ(decode(plain).nlink, 3U);
  const Bytes high = patched(plain, 0, hex("14 00"));
  EXPECT_EQ(decode(high).startblk, 0x3FFFFFFFFU);
  EXPECT_EQ(decode(high).nlink, 1U);
  EXPECT_TRUE(decode(high).nlink_one);
}

TEST(Inode, Bit4OfADirectoryOmitsTheDot) {
  const Bytes compact = patched(compact_bytes(), 0, hex("14 00 08 00 ed 41"));
  const Inode dir = decode(patched(compact, 6, hex("03 00")));
  EXPECT_TRUE(dir.dot_omitted);
  EXPECT_FALSE(dir.nlink_one);
  EXPECT_EQ(dir.nlink, 3U);
  EXPECT_EQ(dir.startblk, 0xFFFFFFFFU);
  const Bytes extended = patched(extended_bytes(), 0, hex("11 00 00 00 ed 41"));
  EXPECT_TRUE(decode(extended).dot_omitted);
  // No meaning for an extended file.
  const Inode file = decode(patched(extended_file(), 0, hex("11 00")));
  EXPECT_FALSE(file.dot_omitted);
  EXPECT_FALSE(file.nlink_one);
  EXPECT_EQ(file.nlink, 3U);
}

TEST(Inode, AllOnesAreAHoleAsWideAsTheAddress) {
  const Bytes narrow = patched(compact_bytes(), 0, hex("00 00"));
  EXPECT_TRUE(decode(narrow).flat_hole);
  EXPECT_FALSE(decode(patched(narrow, 16, hex("fe"))).flat_hole);
  const Bytes wide = patched(narrow, 0, hex("10 00"));
  EXPECT_FALSE(decode(wide).flat_hole);
  EXPECT_TRUE(decode(patched(wide, 6, hex("ff ff"))).flat_hole);
  const Bytes extended = patched(extended_file(), 16, hex("ff ff ff ff"));
  EXPECT_FALSE(decode(extended).flat_hole);
  EXPECT_TRUE(decode(patched(extended, 6, hex("ff ff"))).flat_hole);
  // Without data there is nothing that could be a hole.
  EXPECT_FALSE(decode(patched(narrow, 4, hex("a4 11"))).flat_hole);
}

TEST(Inode, ChunkFormat) {
  const Bytes chunked = patched(compact_bytes(), 0, hex("08 00"));
  const Inode map = decode(patched(chunked, 16, hex("04 00 00 00")));
  EXPECT_EQ(map.layout, Layout::kChunkBased);
  EXPECT_EQ(map.chunk.chunk_bits, 16);
  EXPECT_FALSE(map.chunk.indexes);
  EXPECT_FALSE(map.chunk.wide);
  EXPECT_EQ(map.chunk.entry_size(), 4U);
  EXPECT_EQ(map.startblk, 0U);
  const Inode index = decode(patched(chunked, 16, hex("7f 00 34 12")));
  EXPECT_EQ(index.chunk.chunk_bits, 43);
  EXPECT_TRUE(index.chunk.indexes);
  EXPECT_TRUE(index.chunk.wide);
  EXPECT_EQ(index.chunk.entry_size(), 8U);
}

TEST(Inode, CompressedLayoutsHaveNoStartBlock) {
  const Inode full = decode(patched(compact_bytes(), 0, hex("02 00")));
  EXPECT_TRUE(full.compressed());
  EXPECT_EQ(full.startblk, 0U);
  EXPECT_EQ(full.raw_u, 0xFFFFFFFFU);
  EXPECT_TRUE(decode(patched(compact_bytes(), 0, hex("06 00"))).compressed());
  EXPECT_FALSE(decode(compact_bytes()).compressed());
}

TEST(Inode, OnlyThreeTypesHaveData) {
  const auto has_data = [](const char* mode) {
    return decode(patched(compact_bytes(), 4, hex(mode))).has_data();
  };
  EXPECT_TRUE(has_data("a4 81"));
  EXPECT_TRUE(has_data("ed 41"));
  EXPECT_TRUE(has_data("ff a1"));
  EXPECT_FALSE(has_data("a4 11"));
  EXPECT_FALSE(has_data("a4 21"));
  EXPECT_FALSE(has_data("a4 61"));
  EXPECT_FALSE(has_data("a4 c1"));
}

TEST(Inode, TimesWrapAsTheKernelsDo) {
  Geometry with = geometry();
  with.epoch = -10;
  EXPECT_EQ(decode(compact_bytes(), with).mtime, -5);
  with.epoch = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(decode(compact_bytes(), with).mtime,
            std::numeric_limits<std::int64_t>::min() + 4);
  const Bytes before = patched(extended_bytes(), 32, repeat(0xff, 8));
  EXPECT_EQ(decode(before).mtime, -1);
}

TEST(Inode, XattrSizes) {
  const auto size = [](const char* icount) {
    return decode(patched(compact_bytes(), 2, hex(icount))).xattr_size;
  };
  EXPECT_EQ(size("00 00"), 0U);
  EXPECT_EQ(size("02 00"), 16U);
  EXPECT_EQ(size("ff ff"), 262148U);
}

TEST(Inode, NeedsItsWholeBody) {
  const RuleId rule = RuleId::inode_nid_within_image;
  EXPECT_THAT(attempt({}), IsMalformed(rule, 1152, 0));
  Bytes cut = compact_bytes();
  cut.pop_back();
  EXPECT_THAT(attempt(cut), IsMalformed(rule, 1152, 31));
  Bytes half = extended_bytes();
  half.pop_back();
  EXPECT_THAT(attempt(half), IsMalformed(rule, 1152, 63));
  EXPECT_EQ(inode_outside(kAt, 9), test::malformed_at(rule, 1152, 9));
}

TEST(Inode, BodySizeFollowsFromTheFormat) {
  EXPECT_EQ(inode_body_size(0), 32U);
  EXPECT_EQ(inode_body_size(1), 64U);
  EXPECT_EQ(inode_body_size(0xFFFE), 32U);
  EXPECT_EQ(inode_body_size(0xFFFF), 64U);
}

TEST(Inode, UnknownFormatBits) {
  EXPECT_THAT(attempt(patched(compact_bytes(), 0, hex("24 00"))),
              IsMalformed(RuleId::inode_format_known, 1152, 0x24));
  EXPECT_THAT(attempt(patched(extended_bytes(), 0, hex("01 80"))),
              IsMalformed(RuleId::inode_format_known, 1152, 0x8001));
}

TEST(Inode, UnknownLayouts) {
  EXPECT_THAT(attempt(patched(compact_bytes(), 0, hex("0a 00"))),
              IsMalformed(RuleId::inode_layout_range, 1152, 5));
  EXPECT_THAT(attempt(patched(extended_bytes(), 0, hex("0f 00"))),
              IsMalformed(RuleId::inode_layout_range, 1152, 7));
}

TEST(Inode, UnknownTypes) {
  const auto with = [](const char* mode) {
    return attempt(patched(compact_bytes(), 4, hex(mode)));
  };
  EXPECT_THAT(with("a4 01"), IsMalformed(RuleId::inode_mode_type, 1156, 0));
  EXPECT_THAT(with("a4 31"), IsMalformed(RuleId::inode_mode_type, 1156, 3));
  EXPECT_THAT(with("a4 f1"), IsMalformed(RuleId::inode_mode_type, 1156, 15));
}

TEST(Inode, SizesWithTheSignBit) {
  const Bytes most = hex("ff ff ff ff ff ff ff 7f");
  const Bytes more = hex("00 00 00 00 00 00 00 80");
  EXPECT_EQ(decode(patched(extended_file(), 8, most)).size,
            0x7FFFFFFFFFFFFFFFU);
  EXPECT_THAT(attempt(patched(extended_file(), 8, more)),
              IsMalformed(RuleId::inode_size_sign, 1160, 0x8000000000000000U));
}

TEST(Inode, XattrCountOfOne) {
  EXPECT_THAT(attempt(patched(compact_bytes(), 2, hex("01 00"))),
              IsMalformed(RuleId::inode_xattr_icount_reserved, 1154, 1));
  EXPECT_THAT(attempt(patched(extended_bytes(), 2, hex("01 00"))),
              IsMalformed(RuleId::inode_xattr_icount_reserved, 1154, 1));
}

TEST(Inode, UnknownChunkFormatBits) {
  const Bytes chunked = patched(compact_bytes(), 0, hex("08 00"));
  EXPECT_THAT(attempt(patched(chunked, 16, hex("80 00 00 00"))),
              IsMalformed(RuleId::chunk_format_known, 1168, 1));
  EXPECT_THAT(attempt(patched(chunked, 16, hex("00 80 00 00"))),
              IsMalformed(RuleId::chunk_format_known, 1168, 256));
  // Linux looks at it whatever the type of the inode.
  const Bytes fifo = patched(chunked, 4, hex("a4 11"));
  EXPECT_THAT(attempt(patched(fifo, 16, hex("80 00 00 00"))),
              IsMalformed(RuleId::chunk_format_known, 1168, 1));
}

}  // namespace
}  // namespace erofs::decode
