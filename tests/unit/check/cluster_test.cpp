// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include "support/check_clusters.h"

namespace erofs::test {
namespace {

using check::RangeKind;
using format::ClusterHeaderBuilder;
using format::Layout;

constexpr std::size_t kEntries = 16;  // behind the map header

// One extent of 6000 bytes in a block.
CheckClusters one_extent() {
  CheckClusters out;
  out.size = 6000;
  out.table = kGap + head1(0, 2) + plain(6000 - 4096, 0);
  out.block(lz4_stream(sample(6000)));
  return out;
}

// A raw tail of 100 bytes within the inode.
CheckClusters inline_tail() {
  CheckClusters out;
  out.size = 100;
  out.header.h_advise_inline_tail(1).h_fragmentoff_idata_size(100);
  out.table = kGap + plain(0, 0) + sample(100);
  out.incompat |= format::incompat::kZtailpacking;
  return out;
}

TEST(CheckCluster, FindsNothingInGoodFiles) {
  const auto report = checked(three_extents().image());
  EXPECT_EQ(rules(report), Rules{});
  EXPECT_TRUE(report.usage_known);
  EXPECT_EQ(report.usage[RangeKind::kCluster] +
                report.usage[RangeKind::kRawCluster] +
                report.usage[RangeKind::kClusterSlack],
            3U * 4096);
  EXPECT_EQ(report.inventory.by_algorithm[0].extents, 2U);
  EXPECT_EQ(report.inventory.by_algorithm[0].stored, 2U * 4096);
  EXPECT_EQ(report.inventory.raw_clusters.extents, 1U);
  EXPECT_EQ(report.inventory.raw_clusters.content +
                report.inventory.by_algorithm[0].content,
            three_extents().size);
  EXPECT_EQ(rules(one_extent().image()), Rules{});
  EXPECT_EQ(rules(inline_tail().image()), Rules{});
}

TEST(CheckCluster, DecodesWhatItFinds) {
  CheckClusters broken = three_extents();
  broken.data[4095] ^= std::byte{0x80};
  broken.data[3 * 4096 - 1] ^= std::byte{0x80};
  for (std::size_t i = 3000; i < 3100; ++i) broken.data[i] = std::byte{0xFF};
  const auto report = checked(broken.image());
  EXPECT_EQ(report.verdict(), check::Verdict::kMalformed);
  const auto& found = report.findings().front();
  EXPECT_EQ(found.where.offset, CheckClusters::kData);
  EXPECT_EQ(found.path, "/it");
}

TEST(CheckCluster, SaysWhatAStreamLacks) {
  CheckClusters shorter = one_extent();
  shorter.size = 6001;
  shorter.table = kGap + head1(0, 2) + plain(6001 - 4096, 0);
  EXPECT_EQ(rules(shorter.image()), Rules{"cluster.stream.short"});
  CheckClusters longer = one_extent();
  longer.size = 5999;
  longer.table = kGap + head1(0, 2) + plain(5999 - 4096, 0);
  EXPECT_EQ(rules(longer.image()), Rules{"cluster.stream.long"});
}

TEST(CheckCluster, GoesOnBehindAFault) {
  CheckClusters out = three_extents();
  CheckImage image = out.image();
  // The first extent lies nowhere, the third is broken.
  image.put(header_at(image, kEntries), head1(0, 0xFFFFFF));
  image.put(CheckClusters::kData + 2 * 4096, repeat(0, 4096));
  EXPECT_EQ(rules(image),
            (Rules{"cluster.address.within-device", "cluster.stream.nonzero"}));
  EXPECT_FALSE(checked(image).usage_known);
}

TEST(CheckCluster, WantsContent) {
  CheckClusters out = one_extent();
  out.size = 0;
  EXPECT_TRUE(rules(out.image()).contains("cluster.size.zero"));
}

TEST(CheckCluster, LintsTheHeader) {
  CheckClusters out = one_extent();
  out.header.h_advise_unknown(1).h_clusterbits_reserved(2);
  EXPECT_EQ(rules(out.image()),
            (Rules{"cluster.advise.known", "cluster.clusterbits.reserved"}));
  CheckImage image = one_extent().image();
  image.byte(header_at(image, 8), 1);
  EXPECT_EQ(rules(image), Rules{"cluster.header.gap-zero"});
}

TEST(CheckCluster, JudgesAlgorithmsThatAreNotUsed) {
  CheckClusters out = one_extent();
  out.header.h_algorithmtype_head2(3);
  EXPECT_EQ(rules(out.image()), Rules{});
  out.header.h_algorithmtype_head2(4);
  EXPECT_EQ(rules(out.image()), Rules{"cluster.algorithm2.known"});
}

TEST(CheckCluster, WantsLogicalClustersOfABlock) {
  CheckClusters out = one_extent();
  out.header.h_clusterbits_lclusterbits(1);
  out.table = kGap + head1(0, 2);
  EXPECT_EQ(rules(out.image()), Rules{"cluster.lclusterbits.block"});
}

TEST(CheckCluster, JudgesTheAnnouncementOfATail) {
  CheckClusters none = one_extent();
  none.header.h_advise_inline_tail(1);
  EXPECT_EQ(rules(none.image()), Rules{"cluster.inline.nonzero"});
  CheckClusters both = one_extent();
  both.header.h_advise_inline_tail(1).h_advise_fragment(1);
  EXPECT_TRUE(rules(both.image()).contains("cluster.inline.fragment"));
}

TEST(CheckCluster, WantsNoRawTailWhereDataIsInterlaced) {
  CheckClusters out = inline_tail();
  out.header.h_advise_interlaced(1);
  EXPECT_EQ(rules(out.image()), Rules{"cluster.inline.interlaced"});
}

TEST(CheckCluster, WantsFeaturesAnnounced) {
  CheckClusters out = inline_tail();
  out.incompat = format::incompat::kLz40padding;
  const auto report = checked(out.image());
  EXPECT_EQ(rules(report), Rules{"superblock.feature.ztailpacking"});
  EXPECT_EQ(report.findings().front().path, "/it");
  EXPECT_EQ(report.inventory.inline_clusters.stored, 100U);
}

TEST(CheckCluster, CountsTailsAsMetadata) {
  const auto with = checked(inline_tail().image());
  EXPECT_EQ(with.usage[RangeKind::kCluster], 0U);
  EXPECT_EQ(with.usage[RangeKind::kInode], 32U + 32);
  EXPECT_EQ(with.usage[RangeKind::kInlineTail], 36U + 5);
  // Header, gap, entry.
  EXPECT_EQ(with.usage[RangeKind::kClusterMap], 8U + 8 + 8);
  EXPECT_EQ(with.usage[RangeKind::kInlineCluster], 100U);
}

TEST(CheckCluster, WantsTheShortFormWithLayoutOne) {
  CheckClusters out;
  out.size = 10;
  out.header.h_clusterbits_whole_fragment(1);
  out.layout = Layout::kCompressedCompact;
  EXPECT_EQ(rules(out.image()),
            (Rules{"cluster.fragment.layout", "cluster.fragment.packed"}));
  out.layout = Layout::kCompressedFull;
  EXPECT_EQ(rules(out.image()), Rules{"cluster.fragment.packed"});
}

TEST(CheckCluster, WantsCompressionToGain) {
  CheckClusters tail = one_extent();
  tail.size = 4000;
  tail.table = kGap + head1(0, 2);
  tail.data = padded(lz4_stream(sample(4000)), 4096);
  EXPECT_EQ(rules(tail.image()), Rules{"cluster.pcluster.gain-tail"});

  CheckClusters inner = one_extent();
  inner.header.h_advise_big_1(1);
  inner.incompat |= format::incompat::kBigPcluster;
  inner.incompat &= ~format::incompat::kLz40padding;
  inner.table = kGap + head1(0, 2) + counted(2) + plain(0, 4);
  inner.size = 8192 + 100;
  // The old form: zeros stand behind the stream.
  Bytes stream = lz4_stream(sample(8192));
  stream.resize(8192);
  inner.data = stream + sample(100);
  inner.data.resize(3 * 4096);
  EXPECT_FALSE(rules(inner.image()).contains("cluster.pcluster.gain"));
}

TEST(CheckCluster, JudgesInterlacedRecords) {
  CheckClusters out;
  out.size = 4000;
  out.header.h_advise_form(1).h_advise_interlaced(1);
  out.incompat |= format::incompat::k48bit;
  out.table = bytes_of(format::FullIndexBuilder().di_u(0).di_advise(
                  CheckClusters::kData)) +
              bytes_of(format::ExtentRecord4Builder().plen_length(4096));
  out.data = sample(4000) + repeat(0, 96);
  EXPECT_EQ(rules(out.image()), Rules{});
  out.table = slice(out.table, 0, 8) +
              bytes_of(format::ExtentRecord4Builder().plen_length(4090));
  EXPECT_EQ(rules(out.image()), Rules{"cluster.record.interlaced"});
  out.incompat = format::incompat::kLz40padding;
  EXPECT_TRUE(rules(out.image()).contains("superblock.feature.48bit"));
}

TEST(CheckCluster, MentionsShortFragmentsAtOnePlace) {
  const auto fragment = [](std::uint32_t size) {
    format::ClusterHeaderBuilder header;
    header.h_clusterbits_whole_fragment(1);
    TestNode node;
    node.layout = Layout::kCompressedFull;
    node.table = bytes_of(header);
    node.edit = [=](format::InodeCompactBuilder& b) { b.i_size(size); };
    return node;
  };
  const auto told = [&](std::uint32_t first, std::uint32_t second) {
    TestNode packed = file(std::string(100, 'p'));
    packed.nlink = 1;
    CheckImage image({directory({{"a", 1}, {"b", 2}}), fragment(first),
                      fragment(second), packed});
    image.edit([&](auto& super) {
      super
          .feature_incompat(format::incompat::kFragments |
                            format::incompat::kLz40padding)
          .packed_nid(image.nid(3));
    });
    return rules(image);
  };
  EXPECT_EQ(told(1, 64), Rules{"cluster.fragment.same-start"});
  EXPECT_EQ(told(64, 64), Rules{});
  EXPECT_EQ(told(1, 65), Rules{});
}

}  // namespace
}  // namespace erofs::test
