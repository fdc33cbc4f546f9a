// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/pcluster_cache.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <thread>

#include "format/rule_ids.gen.h"
#include "image/memory_source.h"
#include "support/compressed.h"

namespace erofs::read {
namespace {

using format::Algorithm;
using test::Bytes;
using test::encoded_extent;
using test::FaultsAs;
using test::lz4_stream;
using test::sample;
using test::Succeeds;

// Counts reads; bytes at and behind `bad` cannot be read.
class Stored final : public image::Source {
 public:
  explicit Stored(Bytes bytes) : bytes_(std::move(bytes)) {}
  std::uint64_t size() const noexcept override { return bytes_.size(); }
  Status read(std::uint64_t offset, MutableBytes out) const override {
    ++reads;
    if (broken) return io_fault({Place::kPrimary, offset}, EIO);
    return image::MemorySource{ByteView(bytes_)}.read(offset, out);
  }

  mutable std::atomic<int> reads = 0;
  bool broken = false;

 private:
  Bytes bytes_;
};

struct Bench {
  Bench() { codecs.zero_padded = true; }

  Result<PclusterCache::Bytes> get(PclusterCache& cache,
                                   const map::Extent& extent) {
    DecoderBench bench(codecs, decode::Geometry());
    return cache.get(extent, bench.decoder, bench.stored, 0);
  }

  decode::Codecs codecs;
};

// `count` pclusters of kDecoded bytes each.
constexpr std::uint32_t kDecoded = 10000;
struct Clusters {
  explicit Clusters(std::size_t count) {
    Bytes all;
    for (std::size_t i = 0; i < count; ++i) {
      contents.push_back(sample(kDecoded, static_cast<std::uint32_t>(i + 1)));
      starts.push_back(all.size());
      all = all + lz4_stream(contents.back());
    }
    starts.push_back(all.size());
    source = std::make_unique<Stored>(std::move(all));
  }
  map::Extent extent(std::size_t i, std::uint32_t decoded = kDecoded) const {
    const auto stored = static_cast<std::uint32_t>(starts[i + 1] - starts[i]);
    return encoded_extent(*source, starts[i],
                          {Algorithm::kLz4, stored, decoded, true});
  }

  std::vector<Bytes> contents;
  std::vector<std::size_t> starts;
  std::unique_ptr<Stored> source;
};

TEST(PclusterCache, DecodesOnce) {
  const Clusters clusters(2);
  PclusterCache cache;
  Bench bench;
  EXPECT_EQ(cache.find(clusters.extent(0)), nullptr);
  for (int i = 0; i < 3; ++i) {
    const auto bytes = bench.get(cache, clusters.extent(0));
    ASSERT_THAT(bytes, Succeeds());
    EXPECT_EQ(**bytes, clusters.contents[0]);
  }
  EXPECT_EQ(clusters.source->reads, 1);
  EXPECT_EQ(cache.take_decoded(), kDecoded);
  EXPECT_EQ(cache.take_decoded(), 0U);
  EXPECT_NE(cache.find(clusters.extent(0)), nullptr);
  const auto other = bench.get(cache, clusters.extent(1));
  ASSERT_THAT(other, Succeeds());
  EXPECT_EQ(**other, clusters.contents[1]);
  EXPECT_EQ(cache.find(clusters.extent(0, kDecoded - 1)), nullptr);
}

TEST(PclusterCache, ForgetsWhatWasUsedLongAgo) {
  const Clusters clusters(3);
  PclusterCache cache(std::size_t{2} * kDecoded);
  Bench bench;
  ASSERT_THAT(bench.get(cache, clusters.extent(0)), Succeeds());
  ASSERT_THAT(bench.get(cache, clusters.extent(1)), Succeeds());
  ASSERT_THAT(bench.get(cache, clusters.extent(0)), Succeeds());
  ASSERT_THAT(bench.get(cache, clusters.extent(2)), Succeeds());
  EXPECT_NE(cache.find(clusters.extent(0)), nullptr);
  EXPECT_EQ(cache.find(clusters.extent(1)), nullptr);
  EXPECT_NE(cache.find(clusters.extent(2)), nullptr);
}

TEST(PclusterCache, KeepsOneWhateverItsSize) {
  const Clusters clusters(2);
  PclusterCache cache(1);
  Bench bench;
  ASSERT_THAT(bench.get(cache, clusters.extent(0)), Succeeds());
  EXPECT_NE(cache.find(clusters.extent(0)), nullptr);
  ASSERT_THAT(bench.get(cache, clusters.extent(1)), Succeeds());
  EXPECT_EQ(cache.find(clusters.extent(0)), nullptr);
  EXPECT_NE(cache.find(clusters.extent(1)), nullptr);
}

TEST(PclusterCache, RemembersThatItIsMalformed) {
  const Clusters clusters(1);
  PclusterCache cache;
  Bench bench;
  const auto too_long =
      FaultsAs(FaultKind::kMalformed, RuleId::cluster_stream_short);
  EXPECT_THAT(bench.get(cache, clusters.extent(0, kDecoded + 1)), too_long);
  EXPECT_THAT(bench.get(cache, clusters.extent(0, kDecoded + 1)), too_long);
  EXPECT_EQ(clusters.source->reads, 1);
  EXPECT_EQ(cache.find(clusters.extent(0, kDecoded + 1)), nullptr);
}

TEST(PclusterCache, TriesAgainWhatCouldNotBeRead) {
  const Clusters clusters(1);
  PclusterCache cache;
  Bench bench;
  clusters.source->broken = true;
  EXPECT_THAT(bench.get(cache, clusters.extent(0)),
              FaultsAs(FaultKind::kIo, RuleId{}));
  clusters.source->broken = false;
  EXPECT_THAT(bench.get(cache, clusters.extent(0)), Succeeds());
}

TEST(PclusterCache, ThreadsShareTheWork) {
  constexpr std::size_t kClusters = 8;
  const Clusters clusters(kClusters);
  PclusterCache cache;
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      Bench bench;
      for (std::size_t i = 0; i < 20 * kClusters; ++i) {
        const std::size_t one = (i * (t + 1)) % kClusters;
        const auto bytes = bench.get(cache, clusters.extent(one));
        if (!bytes || **bytes != clusters.contents[one]) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(cache.take_decoded(), kClusters * kDecoded);
}

TEST(PclusterCache, ThreadsThatEvictEachOther) {
  constexpr std::size_t kClusters = 8;
  const Clusters clusters(kClusters);
  PclusterCache cache(std::size_t{3} * kDecoded);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      Bench bench;
      for (std::size_t i = 0; i < 100; ++i) {
        const std::size_t one = (i * 3 + t * 5) % kClusters;
        const auto bytes = bench.get(cache, clusters.extent(one));
        if (!bytes || **bytes != clusters.contents[one]) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(PclusterCache, WaitsWhileOthersHoldTooMuch) {
  // Each as large as one may be: two fit, a third waits for a reader to end.
  constexpr std::uint32_t kLarge = format::kExtentMax;
  Bytes stored = lz4_stream(Bytes(kLarge, std::byte{1}));
  const auto size = static_cast<std::uint32_t>(stored.size());
  const Stored source(stored + stored + stored);
  const auto extent = [&](std::uint64_t i) {
    return encoded_extent(source, i * size,
                          {Algorithm::kLz4, size, kLarge, true});
  };
  PclusterCache cache(1);
  Bench bench;
  auto first = bench.get(cache, extent(0));
  const auto second = bench.get(cache, extent(1));
  ASSERT_THAT(first, Succeeds());
  ASSERT_THAT(second, Succeeds());
  std::atomic<bool> given_back = false;
  std::atomic<bool> too_early = false;
  std::thread other([&] {
    Bench own;
    const auto third = own.get(cache, extent(2));
    if (!given_back) too_early = true;
    EXPECT_THAT(third, Succeeds());
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  given_back = true;
  *first = nullptr;
  other.join();
  EXPECT_FALSE(too_early);
}

TEST(PclusterCache, ThreadsThatTakeTurnsWithLargeOnes) {
  // Room that was large is used again, also for less, and is no obstacle.
  constexpr std::uint32_t kLarge = format::kExtentMax;
  const Bytes content = sample(kDecoded, 5);
  const Bytes stored = lz4_stream(Bytes(kLarge, std::byte{1}));
  const Bytes little = lz4_stream(content);
  const auto size = static_cast<std::uint32_t>(stored.size());
  const auto rest = static_cast<std::uint32_t>(little.size());
  const Stored source(stored + stored + stored + stored + little);
  PclusterCache cache(1);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (std::uint64_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      Bench bench;
      for (std::uint32_t i = 0; i < 3; ++i) {
        const std::uint32_t decoded = kLarge - i * 1000000;
        const auto large = bench.get(
            cache, encoded_extent(source, t * size,
                                  {Algorithm::kLz4, size, decoded, false}));
        if (!large || (*large)->size() != decoded ||
            ByteView(**large).find_nonzero() != 0U) {
          ++wrong;
        }
      }
      const auto last = bench.get(
          cache, encoded_extent(source, std::uint64_t{4} * size,
                                {Algorithm::kLz4, rest, kDecoded, true}));
      if (!last || **last != content) ++wrong;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace erofs::read
