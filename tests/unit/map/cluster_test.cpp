// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/cluster.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "support/budgets.h"
#include "support/cluster_extents.h"
#include "support/cluster_file.h"
#include "support/matchers.h"

namespace erofs::map {
namespace {

using format::Algorithm;
using format::ClusterType;
using test::at;
using test::Bytes;
using test::ClusterFile;
using test::counted;
using test::expect_bytes;
using test::expect_encoded;
using test::expect_hole;
using test::head;
using test::head1;
using test::hex;
using test::IsMalformed;
using test::IsUnsupported;
using test::kGap;
using test::nonhead;
using test::plain;
using test::plenty;
using test::Succeeds;

constexpr auto kCompact = format::Layout::kCompressedCompact;
constexpr std::uint64_t kEntry = ClusterFile::kFull;
constexpr std::uint64_t kAlgorithm = ClusterFile::kHeader + 6;

const Bytes kPlainHeader = hex("00 00 00 00 00 00 10 00");

TEST(ClusterMap, FullIndex) {
  const ClusterFile file(8192, 1400, kPlainHeader,
                         kGap + head1(0, 8) +
                             head(ClusterType::kHead2, 100, 9, true) +
                             plain(300, 10));
  expect_encoded(at(file, 0), 0, 612, 4096, 0,
                 {Algorithm::kLz4, 512, 612, true});
  expect_encoded(at(file, 1000), 1000, 324, 9 * 512, 388,
                 {Algorithm::kLzma, 512, 712, false});
  expect_bytes(at(file, 1399), ExtentKind::kRaw, 1399, 1,
               {Place::kPrimary, 5120 + 75});
}

TEST(ClusterMap, AFileOfNoBytesHasNoMap) {
  ClusterFile file(2048, 0, {}, {});
  file.file.tail.offset = 4096;
  auto map = ClusterMap::open(file.file, file.image);
  ASSERT_THAT(map, Succeeds());
  EXPECT_EQ(map->index(), nullptr);
  EXPECT_EQ(map->records(), nullptr);
}

TEST(ClusterMap, HeaderWithinItsSpace) {
  ClusterFile file(2048, 5, {}, {});
  file.file.tail.offset = 2033;
  EXPECT_THAT(ClusterMap::open(file.file, file.image),
              IsMalformed(RuleId::cluster_index_within_image, 2056, 1));
  file.file.tail.offset = 2041;
  EXPECT_THAT(ClusterMap::open(file.file, file.image),
              IsMalformed(RuleId::cluster_header_within_image, 2041, 8));
  file.file.tail.offset = ~std::uint64_t{0};
  EXPECT_THAT(
      ClusterMap::open(file.file, file.image),
      IsMalformed(RuleId::cluster_header_within_image, ~std::uint64_t{0}, 8));
}

TEST(ClusterMap, WhatTheCheckerLooksAt) {
  const ClusterFile indexes(2048, 5, kPlainHeader, kGap + head1(0, 1));
  auto map = ClusterMap::open(indexes.file, indexes.image);
  ASSERT_THAT(map, Succeeds());
  ASSERT_NE(map->index(), nullptr);
  EXPECT_EQ(map->index()->count(), 1U);
  EXPECT_EQ(map->records(), nullptr);
  EXPECT_EQ(map->header_place().offset, ClusterFile::kHeader);
  EXPECT_EQ(map->header_view().h_algorithmtype_head2(), 1U);
  EXPECT_EQ(map->header().head2, 1);
  const ClusterFile records(2048, 5, hex("00 00 00 00 05 00 00 00"), {});
  auto other = ClusterMap::open(records.file, records.image);
  ASSERT_THAT(other, Succeeds());
  EXPECT_EQ(other->index(), nullptr);
  ASSERT_NE(other->records(), nullptr);
}

TEST(ClusterMap, BigPclusters) {
  const ClusterFile file(8192, 1500, hex("00 00 00 00 06 00 00 00"),
                         kGap + plain(0, 4) + counted(3) + plain(476, 0));
  expect_bytes(at(file, 1000), ExtentKind::kRaw, 1000, 500,
               {Place::kPrimary, 4 * 512 + 1000});
  auto map = ClusterMap::open(file.file, file.image);
  Budget budget = plenty();
  const auto found = map->pcluster(1000, budget);
  ASSERT_THAT(found, Succeeds());
  EXPECT_EQ(found->stored, 1536U);
  EXPECT_EQ(found->start, 0U);
  EXPECT_EQ(found->end, 1500U);
  EXPECT_TRUE(found->tail);
  EXPECT_EQ(found->unit, 0U);
  EXPECT_EQ(found->at.offset, kEntry);
}

TEST(ClusterMap, PclusterLengthEndsAtAMebibyte) {
  constexpr std::size_t kDevice = (2049 + 4) * 512;
  const auto with = [](std::uint32_t blocks) {
    return kGap + head1(0, 4) + counted(blocks);
  };
  const ClusterFile most(kDevice, 1024, hex("00 00 00 00 02 00 00 00"),
                         with(2047));
  EXPECT_THAT(at(most, 0), Succeeds());
  const ClusterFile over(kDevice, 1024, hex("00 00 00 00 02 00 00 00"),
                         with(0x1801));
  EXPECT_THAT(at(over, 0), IsMalformed(RuleId::cluster_pcluster_length, kEntry,
                                       0x1001 * 512));
  // A record has 21 bits.
  const auto record = [](const char* word) {
    return hex(word) + hex("00 08 00 00");
  };
  const Bytes eight = hex("00 00 00 00 03 00 00 00");
  const ClusterFile fits(kDevice, 512, eight, record("00 00 10 10"));
  EXPECT_THAT(at(fits, 0), Succeeds());
  const ClusterFile longer(kDevice, 512, eight, record("01 00 10 10"));
  EXPECT_THAT(at(longer, 0), IsMalformed(RuleId::cluster_pcluster_length,
                                         ClusterFile::kTable, 0x100001));
}

TEST(ClusterMap, ExtentLengthEndsAtTwelveMebibytes) {
  constexpr std::uint64_t kMost = 12U << 20;
  const auto records = [](std::uint32_t end) {
    const auto next = format::ExtentRecord16Builder().lstart_lo(end);
    Bytes out = hex("00 02 00 10 | 00 08 00 00 00 00 00 00 00 00 00 00");
    return out + Bytes(next.bytes().begin(), next.bytes().end());
  };
  const Bytes header = hex("02 00 00 00 05 00 00 00");
  const ClusterFile most(4096, 2 * kMost, header, records(kMost));
  expect_encoded(at(most, 5), 5, kMost - 5, 2048, 5,
                 {Algorithm::kLz4, 512, kMost, true});
  const ClusterFile over(4096, 2 * kMost, header, records(kMost + 1));
  EXPECT_THAT(at(over, 5), IsMalformed(RuleId::cluster_extent_length,
                                       ClusterFile::kTable, kMost + 1));
  // Holes have no such limit.
  expect_hole(at(over, kMost + 1), kMost + 1, kMost - 1);
}

TEST(ClusterMap, LengthsAreCountedInLogicalClusters) {
  // 8 MiB each: the second one takes the last extent behind 12 MiB.
  const Bytes header = hex("00 00 00 00 00 00 00 0e");
  const std::uint64_t one = std::uint64_t{1} << 23;
  const ClusterFile fits(4096, one, header, kGap + head1(0, 4));
  EXPECT_THAT(at(fits, 0), Succeeds());
  const ClusterFile over(4096, one + 1, header,
                         kGap + head1(0, 4) + nonhead(1));
  EXPECT_THAT(at(over, 0),
              IsMalformed(RuleId::cluster_extent_length, kEntry, 2 * one));
  const ClusterFile ended(4096, one + 1, header,
                          kGap + head1(0, 4) + plain(1, 0));
  EXPECT_THAT(at(ended, 0), Succeeds());
}

TEST(ClusterMap, RawExtentsFitTheirPcluster) {
  constexpr RuleId kRule = RuleId::cluster_plain_length;
  const auto with = [](std::uint16_t end) {
    return kGap + plain(0, 4) + head1(end, 5);
  };
  const ClusterFile fits(4096, 1024, kPlainHeader, with(0));
  EXPECT_THAT(at(fits, 0), Succeeds());
  const ClusterFile over(4096, 1024, kPlainHeader, with(1));
  EXPECT_THAT(at(over, 0), IsMalformed(kRule, kEntry, 513));
  // Without a terminator the last logical cluster counts as a whole.
  const ClusterFile open(4096, 513, kPlainHeader,
                         kGap + plain(10, 4) + nonhead(1));
  EXPECT_THAT(at(open, 400), IsMalformed(kRule, kEntry, 1014));
  const ClusterFile ended(4096, 513, kPlainHeader,
                          kGap + plain(10, 4) + plain(1, 0));
  EXPECT_THAT(at(ended, 400), Succeeds());
  // Records: 511 bytes for 512.
  const ClusterFile record(4096, 512, hex("00 00 00 00 03 00 00 00"),
                           hex("ff 01 00 00 | 00 08 00 00"));
  EXPECT_THAT(at(record, 0), IsMalformed(kRule, ClusterFile::kTable, 512));
}

TEST(ClusterMap, AlgorithmsAreThoseOfTheImage) {
  const auto with = [](std::uint8_t algorithms) {
    Bytes header = kPlainHeader;
    header[6] = std::byte{algorithms};
    return header;
  };
  const Bytes table = kGap + head1(0, 4);
  const ClusterFile zstd(4096, 512, with(0xF3), table);
  EXPECT_THAT(at(zstd, 0), Succeeds());
  const ClusterFile deflate(4096, 512, with(2), table);
  EXPECT_THAT(at(deflate, 0),
              IsMalformed(RuleId::cluster_algorithm_available, kAlgorithm, 2));
  const ClusterFile unknown(4096, 512, with(4), table);
  EXPECT_THAT(at(unknown, 0),
              IsUnsupported(RuleId::cluster_algorithm_known, kAlgorithm, 4));
  // What is not used may be anything.
  const ClusterFile raw(4096, 512, with(0xFF), kGap + plain(0, 4));
  EXPECT_THAT(at(raw, 0), Succeeds());
  const Bytes eight = hex("00 00 00 00 03 00 00 00");
  const ClusterFile record(4096, 512, eight, hex("00 02 00 50 | 00 08 00 00"));
  EXPECT_THAT(at(record, 0), IsUnsupported(RuleId::cluster_algorithm_known,
                                           ClusterFile::kTable, 4));
  const ClusterFile absent(4096, 512, eight, hex("00 02 00 30 | 00 08 00 00"));
  EXPECT_THAT(at(absent, 0), IsMalformed(RuleId::cluster_algorithm_available,
                                         ClusterFile::kTable, 2));
}

TEST(ClusterMap, AddressesWithinTheDevice) {
  constexpr RuleId kRule = RuleId::cluster_address_within_device;
  const ClusterFile last(4096, 512, kPlainHeader, kGap + head1(0, 7));
  EXPECT_THAT(at(last, 0), Succeeds());
  const ClusterFile over(4096, 512, kPlainHeader, kGap + head1(0, 8));
  EXPECT_THAT(at(over, 0), IsMalformed(kRule, kEntry, 9 * 512));
  const ClusterFile cut(4095, 512, kPlainHeader, kGap + head1(0, 7));
  EXPECT_THAT(at(cut, 0), IsMalformed(kRule, kEntry, 4096));
  const ClusterFile far(4096, 512, kPlainHeader, kGap + head1(0, 0xFFFFFFFF));
  EXPECT_THAT(at(far, 0), IsMalformed(kRule, kEntry, std::uint64_t{512} << 32));
  // A pack counts on from its base: no address comes round to block 0.
  const ClusterFile round(4096, 512, hex("00 00 00 00 00 00 00 00"),
                          hex("00 10 00 00 | ff ff ff ff"), kCompact);
  EXPECT_THAT(at(round, 0), IsMalformed(kRule, ClusterFile::kTable,
                                        (std::uint64_t{1} << 41) + 512));
}

TEST(ClusterMap, RecordsTakeWholeBlocks) {
  constexpr RuleId kRule = RuleId::cluster_address_within_device;
  const Bytes eight = hex("00 00 00 00 03 00 00 00");
  // 300 bytes at 3600: the blocks [3584, 4096).
  const Bytes table = hex("2c 01 00 10 | 10 0e 00 00");
  const ClusterFile fits(4096, 400, eight, table);
  expect_encoded(at(fits, 0), 0, 400, 3600, 0,
                 {Algorithm::kLz4, 300, 400, true});
  const ClusterFile cut(4000, 400, eight, table);
  EXPECT_THAT(at(cut, 0), IsMalformed(kRule, ClusterFile::kTable, 4096));
  // Across a block.
  const ClusterFile two(4608, 400, eight, hex("2c 01 00 10 | f0 0f 00 00"));
  EXPECT_THAT(at(two, 0), Succeeds());
  const ClusterFile one(4607, 400, eight, hex("2c 01 00 10 | f0 0f 00 00"));
  EXPECT_THAT(at(one, 0), IsMalformed(kRule, ClusterFile::kTable, 4608));
  const ClusterFile far(
      4096, 400, hex("01 00 00 00 05 00 00 00"),
      hex("01 00 00 10 | ff ff ff ff | ff ff ff ff | 00 00 00 00"));
  EXPECT_THAT(at(far, 0),
              IsMalformed(kRule, ClusterFile::kTable, ~std::uint64_t{0}));
}

TEST(ClusterMap, CompactIndex) {
  const ClusterFile file(4096, 1024, hex("00 00 00 00 00 00 00 00"),
                         hex("00 10 64 00 | 04 00 00 00"), kCompact);
  expect_encoded(at(file, 3), 3, 609, 5 * 512, 3,
                 {Algorithm::kLz4, 512, 612, true});
  expect_bytes(at(file, 1000), ExtentKind::kRaw, 1000, 24,
               {Place::kPrimary, 6 * 512 + 388});
}

TEST(ClusterMap, InterlacedComesInTwoRuns) {
  const ClusterFile file(4096, 1024, hex("00 00 00 00 10 00 00 00"),
                         kGap + head1(0, 4) + plain(100, 5));
  expect_bytes(at(file, 612), ExtentKind::kRaw, 612, 412,
               {Place::kPrimary, 2560 + 100});
  const ClusterFile two(4096, 1536, hex("00 00 00 00 10 00 00 00"),
                        kGap + head1(0, 4) + plain(100, 5) + head1(90, 6));
  expect_bytes(at(two, 1000), ExtentKind::kRaw, 1000, 24,
               {Place::kPrimary, 2560 + 488});
  expect_bytes(at(two, 1024), ExtentKind::kRaw, 1024, 90,
               {Place::kPrimary, 2560});
}

TEST(ClusterMap, InterlacedRecordsAreWholeBlocks) {
  const auto with = [](const char* record) {
    return hex("00 02 00 10 00 04 00 00 00 00 00 00 00 00 00 00") +
           hex(record) + hex("00 00 00 00 64 00 00 00");
  };
  const Bytes header = hex("02 00 00 00 15 00 00 00");
  const ClusterFile both(4096, 300, header, with("00 02 00 00 | 00 08 00 00"));
  expect_bytes(at(both, 110), ExtentKind::kRaw, 110, 190,
               {Place::kPrimary, 2048 + 110});
  const ClusterFile place(4096, 300, header, with("ff 01 00 00 | 00 08 00 00"));
  expect_bytes(at(place, 110), ExtentKind::kRaw, 110, 190,
               {Place::kPrimary, 2048 + 10});
  const ClusterFile length(4096, 300, header,
                           with("00 02 00 00 | 01 08 00 00"));
  expect_bytes(at(length, 110), ExtentKind::kRaw, 110, 190,
               {Place::kPrimary, 2049 + 10});
}

TEST(ClusterMap, HoleRecords) {
  const ClusterFile file(4096, 1024, hex("00 00 00 00 03 00 00 00"),
                         hex("00 00 00 00 ff ff ff ff | 00 00 e0 f8 00 00 00"
                             "00"));
  expect_hole(at(file, 5), 5, 507);
  expect_hole(at(file, 512), 512, 512);
}

TEST(ClusterMap, TheSameExtentCostsNothingAgain) {
  const ClusterFile file(4096, 1024, kPlainHeader,
                         kGap + head1(0, 4) + nonhead(1));
  auto map = ClusterMap::open(file.file, file.image);
  ASSERT_THAT(map, Succeeds());
  Budget budget = plenty();
  ASSERT_THAT(map->at(0, budget), Succeeds());
  const std::uint64_t spent = budget.work_spent();
  EXPECT_EQ(map->at(1000, budget)->length, 24U);
  EXPECT_EQ(budget.work_spent(), spent);
}

}  // namespace
}  // namespace erofs::map
