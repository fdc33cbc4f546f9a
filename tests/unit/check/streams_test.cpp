// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/streams.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/compressed.h"

namespace erofs::check {
namespace {

using test::Bytes;

constexpr std::size_t kBlock = 4096;
constexpr std::uint32_t kDecoded = 6000;

// Far more streams than one batch takes, one after the other on a device.
class Many {
 public:
  explicit Many(std::size_t count) : open_(test::CompressedImage().image) {
    const Bytes good =
        test::padded(test::lz4_stream(test::sample(kDecoded)), kBlock);
    for (std::size_t i = 0; i < count; ++i) {
      bytes_.insert(bytes_.end(), good.begin(), good.end());
    }
  }

  void spoil(std::size_t index) {
    bytes_ = test::patched(std::move(bytes_), index * kBlock,
                           test::repeat(0, kBlock));
  }

  [[nodiscard]] Report judged(unsigned jobs) const {
    const image::MemorySource source(test::view(bytes_));
    map::Stream stream;
    stream.stored = kBlock;
    stream.decoded = kDecoded;
    Streams streams(*open_, jobs);
    for (std::uint64_t at = 0; at < bytes_.size(); at += kBlock) {
      streams.add(test::encoded_extent(source, at, stream), at / kBlock);
    }
    Report report;
    streams.finish(report);
    return report;
  }

 private:
  test::OpenImage open_;
  Bytes bytes_;
};

TEST(Streams, FindNothingInGoodOnes) {
  const Many many(1000);
  EXPECT_TRUE(many.judged(1).findings().empty());
  EXPECT_TRUE(many.judged(4).findings().empty());
}

TEST(Streams, AddFindingsInTheOrderGiven) {
  constexpr std::size_t kCount = 3000;
  Many many(kCount);
  std::vector<std::uint64_t> spoilt;
  for (std::size_t i = 7; i < kCount; i += 7) {
    many.spoil(i);
    spoilt.push_back(i);
  }
  for (const unsigned jobs : {1U, 2U, 5U}) {
    const Report report = many.judged(jobs);
    EXPECT_EQ(report.count_of(RuleId::cluster_stream_nonzero), spoilt.size());
    // Only the first ones are kept: which, must not depend on chance.
    ASSERT_EQ(report.findings().size(), Report::kKeptPerRule);
    for (std::size_t i = 0; i < Report::kKeptPerRule; ++i) {
      EXPECT_EQ(report.findings()[i].nid, spoilt[i]);
      EXPECT_EQ(report.findings()[i].where.offset, spoilt[i] * kBlock);
    }
  }
}

TEST(Streams, JudgeCopiesLikeWhatIsRead) {
  const test::OpenImage open{test::CompressedImage().image};
  const image::MemorySource nothing{ByteView()};
  const Bytes good = test::lz4_stream(test::sample(kDecoded));
  map::Stream stream;
  stream.stored = static_cast<std::uint32_t>(good.size());
  stream.decoded = kDecoded;
  Streams streams(*open, 2);
  streams.add(test::encoded_extent(nothing, 0, stream), 1, test::view(good));
  stream.decoded = kDecoded + 1;
  streams.add(test::encoded_extent(nothing, 0, stream), 2, test::view(good));
  Report report;
  streams.finish(report);
  ASSERT_EQ(report.findings().size(), 1U);
  EXPECT_EQ(report.findings()[0].nid, 2U);
  EXPECT_EQ(report.findings()[0].rule, RuleId::cluster_stream_short);
}

}  // namespace
}  // namespace erofs::check
