// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/cluster_index.h"

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

Result<ClusterIndex> open(const ClusterFile& file,
                          const decode::ClusterHeader& header) {
  return ClusterIndex::open(file.source(), kHeader, header,
                            file.file.inode.size, file.geometry);
}

decode::ClusterHeader full(std::uint8_t lcluster_bits = 9) {
  decode::ClusterHeader header;
  header.lcluster_bits = lcluster_bits;
  return header;
}

decode::ClusterHeader compact(bool long_packs, std::uint8_t bits = 9) {
  decode::ClusterHeader header = full(bits);
  header.compact = true;
  header.compact_2b = long_packs;
  return header;
}

TEST(ClusterIndex, Full) {
  const ClusterFile file(
      2048, 1025, {},
      test::kGap + test::head1(0, 5) + test::nonhead(1) + test::plain(7, 6));
  auto index = open(file, full());
  ASSERT_THAT(index, Succeeds());
  EXPECT_EQ(index->count(), 3U);
  EXPECT_EQ(index->place().offset, ClusterFile::kFull);
  EXPECT_EQ(index->end().offset, ClusterFile::kFull + 24);
  EXPECT_EQ(index->entry_place(2).offset, ClusterFile::kFull + 16);
  Budget budget = plenty();
  EXPECT_EQ(index->entry(0, budget)->block, 5U);
  EXPECT_EQ(index->entry(1, budget)->back, 1U);
  EXPECT_EQ(index->entry(2, budget)->clusterofs, 7U);
  EXPECT_EQ(budget.work_spent(), 24U);
  EXPECT_EQ(index->raw(2, budget)->size(), 8U);
}

TEST(ClusterIndex, FullWithinItsSpace) {
  const std::uint64_t entries = (2048 - ClusterFile::kFull) / 8;
  const ClusterFile fits(2048, entries * 512, {}, {});
  EXPECT_THAT(open(fits, full()), Succeeds());
  const ClusterFile over(2048, entries * 512 + 1, {}, {});
  EXPECT_THAT(open(over, full()),
              IsMalformed(kOutside, ClusterFile::kFull, entries + 1));
  const std::uint64_t most = (std::uint64_t{1} << 63) - 1;
  const ClusterFile huge(2048, most, {}, {});
  EXPECT_THAT(open(huge, full()), IsMalformed(kOutside, ClusterFile::kFull,
                                              std::uint64_t{1} << 54));
  EXPECT_THAT(
      open(huge, compact(true)),
      IsMalformed(kOutside, ClusterFile::kTable, std::uint64_t{1} << 54));
}

TEST(ClusterIndex, Compact) {
  // 16 behind a multiple of 32: four short entries, then a long pack.
  const Bytes heads = hex("00 10 01 10 | 00 00 00 00");
  const ClusterFile file(2048, 21 * 512, {},
                         heads + heads + test::repeat(0, 32) + heads,
                         format::Layout::kCompressedCompact);
  auto index = open(file, compact(true));
  ASSERT_THAT(index, Succeeds());
  EXPECT_EQ(index->count(), 21U);
  EXPECT_EQ(index->place().offset, ClusterFile::kTable);
  EXPECT_EQ(index->end().offset, ClusterFile::kTable + 56);
  EXPECT_EQ(index->entry_place(3).offset, ClusterFile::kTable + 8);
  EXPECT_EQ(index->entry_place(19).offset, ClusterFile::kTable + 16);
  EXPECT_EQ(index->entry_place(20).offset, ClusterFile::kTable + 48);
  Budget budget = plenty();
  EXPECT_EQ(index->entry(1, budget)->clusterofs, 1U);
  EXPECT_EQ(index->entry(3, budget)->clusterofs, 1U);
  EXPECT_EQ(index->entry(4, budget)->type, format::ClusterType::kPlain);
  EXPECT_EQ(index->entry(19, budget)->block, 16U);
  EXPECT_EQ(index->entry(20, budget)->type, format::ClusterType::kHead1);
  EXPECT_EQ(index->entry(0, budget)->block, 1U);
  EXPECT_EQ(index->raw(19, budget)->size(), 32U);
  EXPECT_EQ(index->raw(20, budget)->size(), 8U);
  EXPECT_EQ(budget.work_spent(), 56U);
}

TEST(ClusterIndex, CompactWithinItsSpace) {
  // An odd number of entries takes a whole pack.
  const ClusterFile fits(ClusterFile::kTable + 8, 512, {}, {});
  EXPECT_THAT(open(fits, compact(false)), Succeeds());
  const ClusterFile over(ClusterFile::kTable + 8, 1025, {}, {});
  EXPECT_THAT(open(over, compact(false)),
              IsMalformed(kOutside, ClusterFile::kTable, 3));
  const ClusterFile cut(ClusterFile::kTable + 7, 512, {}, {});
  EXPECT_THAT(open(cut, compact(false)),
              IsMalformed(kOutside, ClusterFile::kTable, 1));
}

TEST(ClusterIndex, LongPacksAreCountedInBlocks) {
  // 5 lclusters of two blocks: readers see 10 entries there, none is long;
  // of 20 blocks sixteen are, though only 6 entries are in use.
  const ClusterFile ten(4096, 10 * 512, {}, {});
  EXPECT_EQ(open(ten, compact(true, 10))->entry_place(4).offset,
            ClusterFile::kTable + 16);
  EXPECT_EQ(open(ten, compact(true, 10))->end().offset,
            ClusterFile::kTable + 24);
  const ClusterFile twenty(4096, 20 * 512, {}, {});
  const auto index = open(twenty, compact(true, 10));
  ASSERT_THAT(index, Succeeds());
  EXPECT_EQ(index->count(), 10U);
  EXPECT_EQ(index->entry_place(9).offset, ClusterFile::kTable + 16);
  EXPECT_EQ(index->end().offset, ClusterFile::kTable + 16 + 32);
}

TEST(ClusterIndex, ReadingIsCharged) {
  const ClusterFile file(2048, 1025, {}, {});
  auto index = open(file, full());
  ASSERT_THAT(index, Succeeds());
  Budget little = test::with_work(23);
  EXPECT_THAT(index->entry(0, little), IsLimit(RuleId::limit_work_reached));
}

TEST(TableOutside, IsAFault) {
  EXPECT_EQ(table_outside({Place::kMetabox, 9}, 7),
            (Fault{FaultKind::kMalformed, kOutside, {Place::kMetabox, 9}, 7}));
}

}  // namespace
}  // namespace erofs::map
