// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include "support/check_clusters.h"

namespace erofs::test {
namespace {

using format::ClusterType;
using format::Layout;

// One extent of three logical clusters in a block.
CheckClusters long_extent(const Bytes& second, const Bytes& third) {
  CheckClusters out;
  out.size = 2 * 4096 + 100;
  out.table = kGap + head1(0, 2) + second + third;
  out.block(lz4_stream(repeat('a', out.size)));
  return out;
}

Bytes entry(std::uint16_t advise, std::uint16_t clusterofs,
            std::uint32_t block) {
  return bytes_of(format::FullIndexBuilder()
                      .di_advise(advise)
                      .di_clusterofs(clusterofs)
                      .di_u(block));
}

TEST(CheckClusterIndex, FollowsDistancesForward) {
  EXPECT_EQ(rules(long_extent(nonhead(1), plain(100, 0)).image()), Rules{});
  EXPECT_EQ(rules(long_extent(nonhead(1, 2), nonhead(2)).image()), Rules{});
  CheckImage beyond = long_extent(nonhead(1, 2), plain(100, 0)).image();
  const auto report = checked(beyond);
  EXPECT_EQ(rules(report), Rules{"cluster.delta1.in-extent"});
  EXPECT_EQ(report.findings().front().where.offset, header_at(beyond, 24));
  EXPECT_EQ(report.findings().front().value, 2U);
  // Beyond the end of the file.
  EXPECT_EQ(rules(long_extent(nonhead(1, 3), nonhead(2)).image()),
            Rules{"cluster.delta1.in-extent"});
  EXPECT_EQ(rules(long_extent(nonhead(1, 0), plain(100, 0)).image()),
            Rules{"cluster.delta1.nonzero"});
}

TEST(CheckClusterIndex, WantsTerminatorsAtTheEnd) {
  EXPECT_EQ(rules(long_extent(nonhead(1), plain(101, 0)).image()),
            Rules{"cluster.terminator.offset"});
}

TEST(CheckClusterIndex, LintsFullIndexes) {
  const auto with = [](std::uint16_t advise) {
    return rules(long_extent(nonhead(1), entry(advise, 100, 0)).image());
  };
  constexpr auto kPlain = static_cast<std::uint16_t>(ClusterType::kPlain);
  EXPECT_EQ(with(kPlain | 1 << 2), Rules{"cluster.index.reserved"});
  EXPECT_EQ(with(kPlain | 1 << 13), Rules{"cluster.index.reserved"});
  EXPECT_EQ(with(kPlain | 1 << 14), Rules{"cluster.index.hole"});
  EXPECT_EQ(with(kPlain | 1 << 15), Rules{"cluster.partial.plain"});
}

TEST(CheckClusterIndex, WantsTheSecondAlgorithmAnnounced) {
  CheckClusters out = long_extent(nonhead(1), plain(100, 0));
  out.table =
      kGap + head(ClusterType::kHead2, 0, 2) + nonhead(1) + plain(100, 0);
  EXPECT_EQ(rules(out.image()), Rules{"superblock.feature.head2"});
  out.incompat |= format::incompat::kComprHead2;
  EXPECT_EQ(rules(out.image()), Rules{});
}

// A compact index of one entry: HEAD1 at 0, block 2.
CheckClusters compact(std::uint16_t unused) {
  CheckClusters out;
  out.size = 4096;
  out.layout = Layout::kCompressedCompact;
  out.table = bytes_of(
      format::FullIndexBuilder().di_advise(1 << 12).di_clusterofs(unused).di_u(
          1));
  out.block(lz4_stream(repeat('a', 4096)));
  return out;
}

TEST(CheckClusterIndex, WantsUnusedSlotsZero) {
  EXPECT_EQ(rules(compact(0).image()), Rules{});
  CheckImage image = compact(0x4000).image();
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"cluster.compact.unused"});
  EXPECT_EQ(report.findings().front().where.offset, header_at(image, 8 + 3));
}

// Records of 16 bytes: `first` at `start`, then a hole from 5000 on.
CheckClusters records(const format::ExtentRecord16Builder& first,
                      const format::ExtentRecord16Builder& second) {
  CheckClusters out;
  out.size = 9000;
  out.header.h_advise_form(1).h_advise_big_2(1).h_extents_lo(2);
  out.incompat |= format::incompat::k48bit;
  // Aligned to their size, which the inode is not by itself.
  out.table = repeat(0, 8) + bytes_of(first) + bytes_of(second);
  out.block(lz4_stream(sample(5000)));
  return out;
}

format::ExtentRecord16Builder encoded_record() {
  return format::ExtentRecord16Builder()
      .plen_length(4096)
      .plen_format(1)
      .pstart_lo(CheckClusters::kData);
}

format::ExtentRecord16Builder hole_record() {
  return format::ExtentRecord16Builder().lstart_lo(5000);
}

TEST(CheckClusterIndex, LintsRecords) {
  const auto report = checked(records(encoded_record(), hole_record()).image());
  EXPECT_EQ(rules(report), Rules{});
  EXPECT_EQ(report.inventory.hole_bytes, 4000U);
  EXPECT_EQ(
      rules(records(encoded_record().plen_reserved(1), hole_record()).image()),
      Rules{"cluster.record.plen-reserved"});
  EXPECT_EQ(
      rules(
          records(encoded_record(), hole_record().plen_partial_ref(1)).image()),
      Rules{"cluster.record.hole-word"});
}

TEST(CheckClusterIndex, WantsRecordsFromTheBeginning) {
  EXPECT_TRUE(
      rules(records(encoded_record().lstart_lo(1), hole_record()).image())
          .contains("cluster.record.first-zero"));
}

}  // namespace
}  // namespace erofs::test
