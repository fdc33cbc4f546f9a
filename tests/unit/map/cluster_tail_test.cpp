// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/cluster_tail.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "image/memory_source.h"
#include "support/cluster_extents.h"
#include "support/cluster_file.h"
#include "support/hex.h"
#include "support/matchers.h"

namespace erofs::map {
namespace {

using format::Algorithm;
using test::at;
using test::Bytes;
using test::ClusterFile;
using test::expect_bytes;
using test::expect_encoded;
using test::expect_hole;
using test::FaultsWith;
using test::head1;
using test::hex;
using test::IsMalformed;
using test::kGap;
using test::plain;
using test::plenty;
using test::Succeeds;
using test::view;

constexpr auto kCompact = format::Layout::kCompressedCompact;
constexpr std::uint64_t kEntry = ClusterFile::kFull;

const Bytes kBytes = test::repeat(0, 1400);

Result<Location> tail(std::uint64_t offset, std::uint32_t length) {
  static const image::MemorySource source(view(kBytes));
  decode::Geometry geometry;
  geometry.block_bits = 9;
  return inline_tail(source, {Place::kPrimary, offset}, length, geometry);
}

TEST(InlineTail, WithinItsBlock) {
  ASSERT_THAT(tail(1000, 24), Succeeds());
  EXPECT_EQ(tail(1000, 24)->place.offset, 1000U);
  EXPECT_THAT(tail(1000, 25),
              IsMalformed(RuleId::cluster_inline_fit, 1000, 25));
  // A whole block fits where one begins.
  EXPECT_THAT(tail(512, 512), Succeeds());
  EXPECT_THAT(tail(512, 513),
              IsMalformed(RuleId::cluster_inline_fit, 512, 513));
}

TEST(InlineTail, WithinItsSpace) {
  EXPECT_THAT(tail(1390, 10), Succeeds());
  EXPECT_THAT(tail(1390, 11),
              IsMalformed(RuleId::cluster_inline_within_image, 1390, 11));
  EXPECT_THAT(tail(2048, 1),
              IsMalformed(RuleId::cluster_inline_within_image, 2048, 1));
}

class FragmentTest : public testing::Test {
 protected:
  Result<Location> at(std::uint64_t offset, std::uint64_t length) {
    return fragment(image_, offset, length, {Place::kPrimary, 77});
  }
  image::MemorySource packed_{view(kBytes)};
  Image image_;
};

TEST_F(FragmentTest, WithinThePackedInode) {
  image_.packed = &packed_;
  ASSERT_THAT(at(1300, 100), Succeeds());
  EXPECT_EQ(at(1300, 100)->source, &packed_);
  EXPECT_EQ(at(1300, 100)->place, (Place{Place::kPacked, 1300}));
  EXPECT_THAT(at(1300, 101),
              IsMalformed(RuleId::cluster_fragment_within_packed, 77, 1401));
  EXPECT_THAT(at(1401, 1),
              IsMalformed(RuleId::cluster_fragment_within_packed, 77, 1402));
  constexpr std::uint64_t kMax = ~std::uint64_t{0};
  EXPECT_THAT(at(kMax, 2),
              IsMalformed(RuleId::cluster_fragment_within_packed, 77, kMax));
}

TEST_F(FragmentTest, NeedsAPackedInode) {
  EXPECT_THAT(at(3, 1), IsMalformed(RuleId::cluster_fragment_packed, 77, 3));
  const Fault why{
      FaultKind::kMalformed, RuleId::superblock_packed_regular, {}, 4};
  image_.packed_fault = &why;
  EXPECT_THAT(at(3, 1), FaultsWith(why));
}

TEST_F(FragmentTest, NotInThePackedInodeItself) {
  image_.packed = &packed_;
  image_.fragments = false;
  EXPECT_THAT(at(3, 1), IsMalformed(RuleId::cluster_fragment_nested, 77, 3));
}

TEST(ClusterMap, InlineTail) {
  // Behind the second entry; its own address does not matter.
  const ClusterFile file(4096, 1000, hex("00 00 30 00 18 00 00 00"),
                         kGap + head1(0, 4) + head1(88, 0xFFFFFFFF));
  expect_encoded(at(file, 0), 0, 600, 2048, 0,
                 {Algorithm::kLz4, 512, 600, true});
  expect_encoded(at(file, 700), 700, 300, kEntry + 16, 100,
                 {Algorithm::kLz4, 0x30, 400, true});
  auto map = ClusterMap::open(file.file, file.image);
  Budget budget = plenty();
  EXPECT_TRUE(map->pcluster(700, budget)->in_inode);
  EXPECT_FALSE(map->pcluster(0, budget)->in_inode);
  // Raw ones stand as they are.
  const ClusterFile raw(4096, 528, hex("00 00 10 00 18 00 00 00"),
                        kGap + head1(0, 4) + plain(0, 5));
  expect_bytes(at(raw, 514), ExtentKind::kInline, 514, 14,
               {Place::kPrimary, kEntry + 18});
  const ClusterFile over(4096, 529, hex("00 00 10 00 18 00 00 00"),
                         kGap + head1(0, 4) + plain(0, 5));
  EXPECT_THAT(at(over, 514),
              IsMalformed(RuleId::cluster_plain_length, kEntry + 8, 17));
}

TEST(ClusterMap, InlineTailOfACompactIndex) {
  // Three entries take two packs.
  const ClusterFile file(
      4096, 1500, hex("00 00 20 00 08 00 00 00"),
      hex("00 10 01 20 | 00 00 00 00 | 00 10 00 00 | 07 00 00 00"), kCompact);
  expect_encoded(at(file, 1024), 1024, 476, ClusterFile::kTable + 16, 0,
                 {Algorithm::kLz4, 0x20, 476, true});
  const ClusterFile wide(4096, 1500, hex("00 00 d1 01 08 00 00 00"),
                         hex("00 10 01 20 | 00 00 00 00 |"
                             "00 10 00 00 | 07 00 00 00"),
                         kCompact);
  EXPECT_THAT(at(wide, 1024), IsMalformed(RuleId::cluster_inline_fit,
                                          ClusterFile::kTable + 16, 0x1D1));
}

TEST(ClusterMap, InlineOfNoBytesIsNotInline) {
  const ClusterFile file(4096, 500, hex("00 00 00 00 08 00 00 00"),
                         kGap + head1(0, 4));
  expect_encoded(at(file, 0), 0, 500, 2048, 0,
                 {Algorithm::kLz4, 512, 500, true});
}

TEST(ClusterMap, FragmentTail) {
  ClusterFile file(4096, 1000, hex("00 01 00 00 20 00 00 00"),
                   kGap + head1(0, 4) + head1(88, 0));
  file.pack(0x100 + 400);
  expect_encoded(at(file, 0), 0, 600, 2048, 0,
                 {Algorithm::kLz4, 512, 600, true});
  expect_bytes(at(file, 700), ExtentKind::kFragment, 700, 300,
               {Place::kPacked, 0x100 + 100});
  file.pack(0x100 + 399);
  EXPECT_THAT(at(file, 700), IsMalformed(RuleId::cluster_fragment_within_packed,
                                         kEntry + 8, 0x100 + 400));
  EXPECT_THAT(at(file, 0), Succeeds());
}

TEST(ClusterMap, FragmentsFarAway) {
  // Full indexes have the high half in the place of the address.
  ClusterFile file(4096, 100, hex("00 01 00 80 20 00 00 00"),
                   kGap + head1(0, 3));
  file.pack(1000);
  EXPECT_THAT(at(file, 0), IsMalformed(RuleId::cluster_fragment_within_packed,
                                       kEntry, 0x380000100 + 100));
  ClusterFile compact(4096, 100, hex("00 01 00 00 20 00 00 00"),
                      hex("00 10 00 00 | 03 00 00 00"), kCompact);
  compact.pack(1000);
  expect_bytes(at(compact, 0), ExtentKind::kFragment, 0, 100,
               {Place::kPacked, 0x100});
}

TEST(ClusterMap, ARawTailIsNoFragment) {
  ClusterFile file(4096, 100, hex("00 01 00 00 20 00 00 00"),
                   kGap + plain(0, 0));
  file.pack(1000);
  EXPECT_THAT(at(file, 0),
              IsMalformed(RuleId::cluster_plain_length, kEntry, 512));
}

TEST(ClusterMap, WholeFragment) {
  ClusterFile file(4096, 100, hex("10 00 00 00 00 00 00 80"), {});
  file.pack(116);
  expect_bytes(at(file, 7), ExtentKind::kFragment, 7, 93,
               {Place::kPacked, 0x17});
  file.pack(115);
  EXPECT_THAT(at(file, 7), IsMalformed(RuleId::cluster_fragment_within_packed,
                                       ClusterFile::kHeader, 116));
  file.image.fragments = false;
  EXPECT_THAT(at(file, 7), IsMalformed(RuleId::cluster_fragment_nested,
                                       ClusterFile::kHeader, 0x10));
}

TEST(ClusterMap, FragmentRecord) {
  const Bytes header = hex("00 00 00 00 23 00 00 00");
  // Only the last one, and before anything else is looked at.
  ClusterFile file(4096, 612, header,
                   hex("00 02 00 10 00 08 00 00 | 80 00 00 00 00 00 00 00"));
  file.pack(0x80 + 100);
  expect_encoded(at(file, 0), 0, 512, 2048, 0,
                 {Algorithm::kLz4, 512, 512, true});
  expect_bytes(at(file, 512), ExtentKind::kFragment, 512, 100,
               {Place::kPacked, 0x80});
  ClusterFile far(4096, 612, header,
                  hex("00 02 00 10 00 08 00 00 | 80 00 00 f0 03 00 00 00"));
  far.pack(1000);
  EXPECT_THAT(at(far, 512),
              IsMalformed(RuleId::cluster_fragment_within_packed,
                          ClusterFile::kTable + 8, 0x3F0000080 + 100));
  // Records of 4 bytes have 32 bits for it, and no address.
  ClusterFile small(4096, 612, hex("00 00 00 00 21 00 00 00"),
                    hex("00 08 00 00 00 00 00 00 | 00 02 00 10 | 80 00 00 00"));
  small.pack(0x80 + 100);
  expect_bytes(at(small, 600), ExtentKind::kFragment, 600, 12,
               {Place::kPacked, 0x80 + 88});
  // No record, no last record.
  ClusterFile none(4096, 612, hex("00 00 00 00 25 00 00 00"), {});
  none.pack(1000);
  expect_hole(at(none, 5), 5, 607);
}

}  // namespace
}  // namespace erofs::map
