// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/stream_batch.h"

#include <gtest/gtest.h>

#include <vector>

#include "format/rule_ids.gen.h"
#include "support/compressed.h"

namespace erofs::check {
namespace {

using test::Bytes;

constexpr std::size_t kBlock = 4096;
constexpr std::uint32_t kDecoded = 6000;

// `count` LZ4 streams of a block each, from block 1 on.
Bytes device(std::size_t count) {
  Bytes bytes = test::repeat(0, kBlock);
  for (std::uint32_t i = 0; i < count; ++i) {
    bytes =
        bytes +
        test::padded(test::lz4_stream(test::sample(kDecoded, i + 1)), kBlock);
  }
  return bytes;
}

map::Stream stream(std::uint32_t decoded = kDecoded) {
  map::Stream out;
  out.stored = kBlock;
  out.decoded = decoded;
  return out;
}

// Counts what is read of it.
class Counted final : public image::Source {
 public:
  explicit Counted(const Bytes& bytes) : inner_(test::view(bytes)) {}
  [[nodiscard]] std::uint64_t size() const noexcept override {
    return inner_.size();
  }
  [[nodiscard]] Status read(std::uint64_t offset,
                            MutableBytes out) const override {
    ++reads;
    return inner_.read(offset, out);
  }
  mutable std::size_t reads = 0;

 private:
  image::MemorySource inner_;
};

decode::Codecs codecs() {
  decode::Codecs out;
  out.available = 1;
  out.zero_padded = true;
  return out;
}

TEST(StreamBatch, HasRoomForSoMuch) {
  const image::MemorySource source{ByteView()};
  StreamBatch batch;
  map::Stream large;
  large.stored = 1U << 20;
  large.decoded = 12U << 20;
  EXPECT_TRUE(batch.has_room_for(large));
  for (std::size_t i = 0; i < StreamBatch::kItems; ++i) {
    ASSERT_TRUE(batch.has_room_for(stream()));
    batch.add(test::encoded_extent(source, i * kBlock, stream()), i);
    EXPECT_FALSE(batch.has_room_for(large));
  }
  EXPECT_FALSE(batch.has_room_for(stream()));
  EXPECT_EQ(batch.stored, StreamBatch::kItems * kBlock);
  EXPECT_EQ(batch.decoded, StreamBatch::kItems * kDecoded);
  EXPECT_EQ(batch.longest, kDecoded);
  batch.clear();
  EXPECT_TRUE(batch.has_room_for(large));
  EXPECT_EQ(batch.longest, 0U);
}

TEST(StreamBench, ReadsNeighboursInOneGo) {
  const Bytes bytes = device(5);
  const Counted source(bytes);
  StreamBatch batch;
  for (const std::uint64_t block : {1U, 2U, 3U, 5U}) {
    batch.add(test::encoded_extent(source, block * kBlock, stream()), block);
  }
  StreamBench bench(codecs(), {});
  EXPECT_TRUE(bench.judge(batch).empty());
  EXPECT_EQ(source.reads, 2U);
}

TEST(StreamBench, TellsWhichStreamsAreBroken) {
  Bytes bytes = device(4);
  bytes = test::patched(bytes, 2 * kBlock, test::repeat(0, kBlock));
  const image::MemorySource source(test::view(bytes));
  StreamBatch batch;
  batch.add(test::encoded_extent(source, kBlock, stream()), 11);
  batch.add(test::encoded_extent(source, 2 * kBlock, stream()), 12);
  batch.add(test::encoded_extent(source, 3 * kBlock, stream(5000)), 13);
  batch.add(test::encoded_extent(source, 4 * kBlock, stream(7000)), 14);
  StreamBench bench(codecs(), {});
  const auto faults = bench.judge(batch);
  ASSERT_EQ(faults.size(), 3U);
  EXPECT_EQ(faults[0].nid, 12U);
  EXPECT_EQ(faults[0].fault, test::malformed_at(RuleId::cluster_stream_nonzero,
                                                2 * kBlock, kBlock));
  EXPECT_EQ(faults[1].nid, 13U);
  EXPECT_EQ(faults[1].fault.rule, RuleId::cluster_stream_long);
  EXPECT_EQ(faults[2].nid, 14U);
  EXPECT_EQ(faults[2].fault.rule, RuleId::cluster_stream_short);
  // Nothing of it is left for the next batch.
  batch.clear();
  EXPECT_TRUE(bench.judge(batch).empty());
}

TEST(StreamBench, TellsWhichBytesCannotBeRead) {
  Bytes bytes = device(3);
  bytes.resize(3 * kBlock);
  const image::MemorySource source(test::view(bytes));
  StreamBatch batch;
  for (const std::uint64_t block : {1U, 2U, 3U}) {
    batch.add(test::encoded_extent(source, block * kBlock, stream()), block);
  }
  StreamBench bench(codecs(), {});
  const auto faults = bench.judge(batch);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].nid, 3U);
  EXPECT_EQ(faults[0].fault.kind, FaultKind::kIo);
}

TEST(StreamBench, TakesBytesThatAreAtHand) {
  const Bytes bytes = device(2);
  const Counted source(bytes);
  StreamBatch batch;
  const Bytes first = test::slice(bytes, kBlock, kBlock);
  const Bytes zeros = test::repeat(0, kBlock);
  batch.add(test::encoded_extent(source, kBlock, stream()), 1,
            test::view(first));
  batch.add(test::encoded_extent(source, 2 * kBlock, stream()), 2);
  batch.add(test::encoded_extent(source, kBlock, stream()), 3,
            test::view(zeros));
  StreamBench bench(codecs(), {});
  const auto faults = bench.judge(batch);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].nid, 3U);
  EXPECT_EQ(source.reads, 1U);
}

TEST(StreamBench, KnowsItsCost) {
  StreamBatch batch;
  EXPECT_EQ(StreamBench::cost(batch), 2 * StreamBench::kKept);
  batch.longest = 12U << 20;
  EXPECT_EQ(StreamBench::cost(batch), StreamBench::kKept + batch.longest);
}

}  // namespace
}  // namespace erofs::check
