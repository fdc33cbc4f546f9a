// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/cluster_records.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "support/budgets.h"
#include "support/cluster_file.h"
#include "support/matchers.h"

namespace erofs::map {
namespace {

using test::Bytes;
using test::ClusterFile;
using test::hex;
using test::IsLimit;
using test::IsMalformed;
using test::plenty;
using test::Succeeds;

const Place kHeader{Place::kPrimary, ClusterFile::kHeader};
constexpr RuleId kOutside = RuleId::cluster_index_within_image;
constexpr RuleId kSorted = RuleId::cluster_record_sorted;

// Small records: 512-byte logical clusters.
decode::ClusterHeader with(std::uint8_t record_size, std::uint64_t count = 0) {
  decode::ClusterHeader header;
  header.extents = true;
  header.record_size = record_size;
  header.record_count = count;
  header.lcluster_bits = 9;
  return header;
}

Result<ClusterRecords> open(const ClusterFile& file,
                            const decode::ClusterHeader& header) {
  return ClusterRecords::open(file.source(), kHeader, header,
                              file.file.inode.size);
}

// A record of 16 bytes.
Bytes record(std::uint64_t start, std::uint64_t address = 0) {
  const auto out = format::ExtentRecord16Builder()
                       .plen(0x10000200)
                       .pstart_lo(static_cast<std::uint32_t>(address))
                       .pstart_hi(static_cast<std::uint32_t>(address >> 32))
                       .lstart_lo(static_cast<std::uint32_t>(start));
  return {out.bytes().begin(), out.bytes().end()};
}

struct Expected {
  std::uint64_t index, start, end, address;
  bool last = false;
};

void expect_extent(const Result<RecordExtent>& found, const Expected& wanted) {
  ASSERT_THAT(found, Succeeds());
  EXPECT_FALSE(found->hole);
  EXPECT_EQ(found->index, wanted.index);
  EXPECT_EQ(found->start, wanted.start);
  EXPECT_EQ(found->end, wanted.end);
  EXPECT_EQ(found->address, wanted.address);
  EXPECT_EQ(found->last, wanted.last);
}

TEST(ClusterRecords, FourBytes) {
  // The third record is a hole, which takes no room.
  const ClusterFile file(2048, 4 * 512 - 100, {},
                         hex("00 10 00 00 00 00 00 80 | 2e 1c 00 40 |"
                             "28 1c e0 40 | 00 00 00 00 | 05 00 00 40"));
  auto table = open(file, with(4));
  ASSERT_THAT(table, Succeeds());
  EXPECT_EQ(table->count(), 4U);
  EXPECT_EQ(table->place().offset, ClusterFile::kTable);
  EXPECT_EQ(table->record_place(1).offset, ClusterFile::kTable + 12);
  EXPECT_EQ(table->end().offset, ClusterFile::kTable + 24);
  Budget budget = plenty();
  constexpr std::uint64_t kBase = 0x8000000000001000;
  expect_extent(table->extent(1600, budget),
                {3, 1536, 1948, kBase + 0x1C2E + 0x1C28, true});
  expect_extent(table->extent(0, budget), {0, 0, 512, kBase});
  expect_extent(table->extent(511, budget), {0, 0, 512, kBase});
  expect_extent(table->extent(512, budget), {1, 512, 1024, kBase + 0x1C2E});
  expect_extent(table->extent(1024, budget),
                {2, 1024, 1536, kBase + 0x1C2E + 0x1C28});
  EXPECT_EQ(table->extent(1024, budget)->record.length, 0U);
  EXPECT_EQ(table->record(3, budget)->length, 5U);
  EXPECT_EQ(table->raw(3, budget)->size(), 4U);
}

TEST(ClusterRecords, AddressesStopAtTheLastOne) {
  const ClusterFile file(2048, 1024, {},
                         hex("ff ff ff ff ff ff ff ff | 01 00 00 40 |"
                             "01 00 00 40"));
  auto table = open(file, with(4));
  ASSERT_THAT(table, Succeeds());
  Budget budget = plenty();
  EXPECT_EQ(table->extent(512, budget)->address, ~std::uint64_t{0});
}

TEST(ClusterRecords, ManySmallOnes) {
  // 3000 records of 7 bytes each, in order and in no order.
  Bytes records = hex("00 10 00 00 00 00 00 00");
  for (int i = 0; i < 3000; ++i) {
    records = std::move(records) + hex("07 00 00 40");
  }
  const ClusterFile file(16384, 3000 * 512, {}, records);
  auto table = open(file, with(4));
  ASSERT_THAT(table, Succeeds());
  Budget budget = plenty();
  for (std::uint64_t i = 0; i < 3000; ++i) {
    ASSERT_EQ(table->extent(i * 512, budget)->address, 0x1000 + 7 * i);
  }
  // Once over the table, a step a record, and what an extent costs.
  EXPECT_LT(budget.work_spent(), 12008U + 3000 + 3000 * 18 + 100);
  for (std::uint64_t i = 0; i < 300; ++i) {
    const std::uint64_t lcn = i * 1709 % 3000;
    ASSERT_EQ(table->extent(lcn * 512, budget)->address, 0x1000 + 7 * lcn);
  }
}

TEST(ClusterRecords, EightBytes) {
  const ClusterFile file(2048, 700, {},
                         hex("13 00 00 40 | 00 70 03 ff |"
                             "80 da 00 00 | 01 00 00 00"));
  auto table = open(file, with(8));
  ASSERT_THAT(table, Succeeds());
  EXPECT_EQ(table->place().offset, ClusterFile::kTable);
  Budget budget = plenty();
  expect_extent(table->extent(5, budget), {0, 0, 512, 0xFF037000});
  expect_extent(table->extent(699, budget), {1, 512, 700, 1, true});
}

TEST(ClusterRecords, LargeLclusters) {
  const ClusterFile file(2048, 700, {}, hex("13 00 00 40 | 00 70 03 00"));
  decode::ClusterHeader header = with(8);
  header.lcluster_bits = 31;
  auto table = open(file, header);
  ASSERT_THAT(table, Succeeds());
  Budget budget = plenty();
  expect_extent(table->extent(699, budget), {0, 0, 700, 0x37000, true});
}

TEST(ClusterRecords, SortedOnes) {
  const ClusterFile file(2048, 2000, {},
                         record(0, 0x8000000000000007) + record(600, 2) +
                             record(601, 3) + record(1999, 4));
  auto table = open(file, with(16, 4));
  ASSERT_THAT(table, Succeeds());
  EXPECT_EQ(table->place().offset, ClusterFile::kTable);
  const Expected wanted[] = {{0, 0, 600, 0x8000000000000007},
                             {1, 600, 601, 2},
                             {2, 601, 1999, 3},
                             {3, 1999, 2000, 4, true}};
  Budget budget = plenty();
  for (const Expected& one : wanted) {
    expect_extent(table->extent(one.start, budget), one);
  }
  for (const Expected& one : {wanted[2], wanted[0], wanted[3], wanted[1]}) {
    expect_extent(table->extent(one.end - 1, budget), one);
    expect_extent(table->extent(one.start, budget), one);
  }
}

TEST(ClusterRecords, ASearchReadsFewPages) {
  Bytes records;
  for (std::uint64_t i = 0; i < 4096; ++i) {
    records.resize(records.size() + 16);
  }
  for (std::uint64_t i = 0; i < 4096; ++i) {
    records = patched(std::move(records), i * 16, record(i * 3, i));
  }
  const ClusterFile file(80000, 4096 * 3, {}, records);
  auto table = open(file, with(16, 4096));
  ASSERT_THAT(table, Succeeds());
  Budget budget = plenty();
  expect_extent(table->extent(3000 * 3 + 1, budget), {3000, 9000, 9003, 3000});
  // Of 64 KiB.
  EXPECT_LT(budget.work_spent(), 3U * 4096 + 400);
}

TEST(ClusterRecords, BeforeTheFirstThereIsAHole) {
  const ClusterFile file(2048, 2000, {}, record(100, 1) + record(200, 2));
  auto table = open(file, with(16, 2));
  ASSERT_THAT(table, Succeeds());
  Budget budget = plenty();
  const auto hole = table->extent(99, budget);
  ASSERT_THAT(hole, Succeeds());
  EXPECT_TRUE(hole->hole);
  EXPECT_FALSE(hole->last);
  EXPECT_EQ(hole->start, 0U);
  EXPECT_EQ(hole->end, 100U);
  expect_extent(table->extent(100, budget), {0, 100, 200, 1});
  expect_extent(table->extent(200, budget), {1, 200, 2000, 2, true});
}

TEST(ClusterRecords, NoneAtAll) {
  const ClusterFile file(2048, 2000, {}, {});
  auto table = open(file, with(16, 0));
  ASSERT_THAT(table, Succeeds());
  Budget budget = plenty();
  const auto hole = table->extent(7, budget);
  ASSERT_THAT(hole, Succeeds());
  EXPECT_TRUE(hole->hole);
  EXPECT_FALSE(hole->last);
  EXPECT_EQ(hole->end, 2000U);
}

TEST(ClusterRecords, ThirtyTwoBytes) {
  // At a multiple of 32, so not right behind the header.
  const ClusterFile file(2048, std::uint64_t{5} << 32, {},
                         test::repeat(0xEE, 16) + record(0, 1) +
                             test::repeat(0, 16) + record(1, 2) +
                             hex("04 00 00 00") + test::repeat(0xFF, 12));
  auto table = open(file, with(32, 2));
  ASSERT_THAT(table, Succeeds());
  EXPECT_EQ(table->place().offset, ClusterFile::kTable + 16);
  Budget budget = plenty();
  const std::uint64_t second = (std::uint64_t{4} << 32) + 1;
  expect_extent(table->extent(second, budget),
                {1, second, std::uint64_t{5} << 32, 2, true});
  expect_extent(table->extent(0, budget), {0, 0, second, 1});
}

TEST(ClusterRecords, Order) {
  constexpr std::uint64_t kTable = ClusterFile::kTable;
  Budget budget = plenty();
  const auto broken = [&](const Bytes& records, std::uint64_t count,
                          std::uint64_t offset) {
    const ClusterFile file(2048, 2000, {}, records);
    auto table = open(file, with(16, count));
    return table->extent(offset, budget);
  };
  // Equal, falling, behind the end, at the end.
  EXPECT_THAT(broken(record(0) + record(0), 2, 5),
              IsMalformed(kSorted, kTable + 16, 0));
  EXPECT_THAT(broken(record(9) + record(7), 2, 8),
              IsMalformed(kSorted, kTable + 16, 7));
  EXPECT_THAT(broken(record(0) + record(700) + record(600), 3, 800),
              IsMalformed(kSorted, kTable + 32, 600));
  EXPECT_THAT(broken(record(0) + record(2001), 2, 5),
              IsMalformed(kSorted, kTable + 16, 2001));
  EXPECT_THAT(broken(record(0) + record(2000), 2, 5),
              IsMalformed(kSorted, kTable + 16, 2000));
  expect_extent(broken(record(0) + record(1999), 2, 5), {0, 0, 1999, 0});
}

TEST(ClusterRecords, OrderIsSeenOneBehindTheOther) {
  // Bisection for byte 0 meets records 3, 1 and 0 only.
  const ClusterFile file(2048, 2000, {},
                         record(0) + record(100) + record(100) + record(300) +
                             record(400) + record(500));
  auto table = open(file, with(16, 6));
  ASSERT_THAT(table, Succeeds());
  Budget budget = plenty();
  expect_extent(table->extent(0, budget), {0, 0, 100, 0});
  EXPECT_THAT(table->extent(100, budget),
              IsMalformed(kSorted, ClusterFile::kTable + 32, 100));
  // A fault leaves no place to go on from.
  EXPECT_THAT(table->extent(300, budget), Succeeds());
}

TEST(ClusterRecords, WithinItsSpace) {
  const std::uint64_t room = (2048 - ClusterFile::kTable) / 16;
  const ClusterFile file(2048, 2000, {}, {});
  EXPECT_THAT(open(file, with(16, room)), Succeeds());
  EXPECT_THAT(open(file, with(16, room + 1)),
              IsMalformed(kOutside, ClusterFile::kTable, room + 1));
  const std::uint64_t most = (std::uint64_t{1} << 47) - 1;
  EXPECT_THAT(open(file, with(32, most)),
              IsMalformed(kOutside, ClusterFile::kTable, most));
  const std::uint64_t small = (2048 - ClusterFile::kTable - 8) / 4;
  const ClusterFile fits(2048, small * 512, {}, {});
  EXPECT_THAT(open(fits, with(4)), Succeeds());
  const ClusterFile over(2048, small * 512 + 1, {}, {});
  EXPECT_THAT(open(over, with(4)),
              IsMalformed(kOutside, ClusterFile::kTable, small + 1));
  EXPECT_THAT(open(over, with(8)),
              IsMalformed(kOutside, ClusterFile::kTable, small + 1));
}

TEST(ClusterRecords, StepsAreCharged) {
  const ClusterFile file(2048, 2000, {}, record(0));
  auto table = open(file, with(16, 1));
  ASSERT_THAT(table, Succeeds());
  Budget little = test::with_work(18 + 16);
  EXPECT_THAT(table->extent(0, little), IsLimit(RuleId::limit_work_reached));
  Budget enough = test::with_work(19);
  EXPECT_THAT(table->extent(0, enough), Succeeds());
}

}  // namespace
}  // namespace erofs::map
