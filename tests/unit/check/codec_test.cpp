// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include "format/codec.gen.h"
#include "support/check_clusters.h"

namespace erofs::test {
namespace {

using format::incompat::kComprCfgs;
using format::incompat::kLz40padding;

constexpr std::uint16_t kLz4Only = 1;

// A compressed file in an image with settings: `records`, behind the
// superblock, for the algorithms of `available`.
CheckImage with_records(const Bytes& records, std::uint16_t available,
                        CheckClusters file = three_extents()) {
  file.incompat |= kComprCfgs;
  CheckImage image = file.image();
  image.put(format::kSuperblockOffset + format::SuperblockView::kSize, records);
  image.edit([&](format::SuperblockBuilder& super) { super.u1(available); });
  return image;
}

Bytes record(const Bytes& payload) {
  return bytes_of(format::CodecRecordBuilder().size(
             static_cast<std::uint16_t>(payload.size()))) +
         payload;
}

Bytes lz4(std::uint16_t blocks = 1) {
  return bytes_of(format::Lz4ConfigBuilder().max_pclusterblks(blocks));
}

TEST(CheckCodec, TakesGoodRecords) {
  const auto report = checked(with_records(record(lz4()), kLz4Only));
  EXPECT_EQ(rules(report), Rules{});
  // The superblock and the record.
  EXPECT_EQ(report.usage[check::RangeKind::kSuperblock] +
                report.usage[check::RangeKind::kCodecRecord],
            128U + 2 + 14);
}

TEST(CheckCodec, LintsRecords) {
  const auto of = [](std::uint16_t algorithm, const Bytes& payload) {
    return rules(
        with_records(record(lz4()) + record(payload),
                     static_cast<std::uint16_t>(kLz4Only | 1U << algorithm)));
  };
  format::LzmaConfigBuilder lzma;
  lzma.dict_size(65536);
  EXPECT_EQ(of(1, bytes_of(lzma)), Rules{});
  EXPECT_EQ(of(1, patched(bytes_of(lzma), 13, repeat(1, 1))),
            Rules{"codec.reserved.zero"});
  format::DeflateConfigBuilder deflate;
  deflate.windowbits(7);
  EXPECT_EQ(of(2, bytes_of(deflate)), Rules{"codec.deflate.window-min"});
  EXPECT_EQ(of(3, patched(repeat(0, 6), 5, repeat(1, 1))),
            Rules{"codec.reserved.zero"});
}

TEST(CheckCodec, WantsRecordsOfTheirSize) {
  const auto report =
      checked(with_records(record(lz4() + repeat(0, 2)), kLz4Only));
  EXPECT_EQ(rules(report), Rules{"codec.record.exact"});
  EXPECT_EQ(report.findings().front().value, 16U);
  EXPECT_EQ(report.findings().front().where.offset, 1024U + 128);
}

TEST(CheckCodec, WantsAlgorithmsAnnounced) {
  CheckImage image({directory({})});
  image.edit([](format::SuperblockBuilder& super) {
    super.feature_incompat(kComprCfgs);
  });
  EXPECT_EQ(rules(image), Rules{"codec.algorithms.some"});
}

TEST(CheckCodec, WantsSettingsThatCoverTheClusters) {
  CheckClusters file;
  file.size = 3 * 4096;
  file.header.h_advise_big_1(1);
  file.incompat = kComprCfgs | kLz40padding;
  file.table = kGap + head1(0, 2) + counted(2) + nonhead(2);
  file.data = padded(lz4_stream(sample(3 * 4096)), 8192);
  EXPECT_EQ(rules(with_records(record(lz4(2)), kLz4Only, file)), Rules{});
  const auto report = checked(with_records(record(lz4(1)), kLz4Only, file));
  EXPECT_EQ(rules(report), Rules{"codec.lz4.covers"});
  EXPECT_EQ(report.findings().front().value, 2U);
  EXPECT_EQ(report.findings().front().path, "/it");
  // None said is one.
  EXPECT_EQ(rules(with_records(record(lz4(0)), kLz4Only, file)),
            Rules{"codec.lz4.covers"});
}

TEST(CheckCodec, AdvisesAgainstTheOldForm) {
  CheckClusters old;
  old.size = 6000;
  old.table = kGap + head1(0, 2) + plain(6000 - 4096, 0);
  old.data = lz4_stream(sample(6000));
  old.data.resize(4096);
  old.incompat = 0;
  EXPECT_EQ(rules(old.image()), Rules{"codec.lz4.legacy"});
  // With settings it is the same form.
  EXPECT_EQ(rules(with_records(record(lz4()), kLz4Only, old)),
            Rules{"codec.lz4.legacy"});
  // An inode without content can be refused like others.
  CheckClusters empty;
  EXPECT_EQ(rules(empty.image()), Rules{"cluster.size.zero"});
  empty.incompat = 0;
  EXPECT_EQ(rules(empty.image()),
            (Rules{"cluster.size.zero", "codec.lz4.legacy"}));
}

TEST(CheckCodec, TellsOfABadRecordOnce) {
  Bytes bad = record(lz4());
  bad.at(0) = std::byte{13};
  const auto report = checked(with_records(bad, kLz4Only));
  EXPECT_EQ(rules(report), Rules{"codec.record.size"});
  EXPECT_EQ(report.count_of(RuleId::codec_record_size), 1U);
  EXPECT_FALSE(report.usage_known);
}

}  // namespace
}  // namespace erofs::test
