// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "image/cached_source.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cerrno>
#include <limits>
#include <thread>
#include <vector>

#include "base/checked.h"
#include "support/hex.h"
#include "support/matchers.h"

namespace erofs::image {
namespace {

using test::Bytes;
using test::IsIo;
using test::repeat;
using test::Succeeds;

constexpr std::uint64_t kPage = CachedSource::kPageSize;
constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();

std::byte byte_at(std::uint64_t offset) {
  return static_cast<std::byte>(offset * 7 + offset / kPage);
}

// Content that is computed, with a count of the reads and one byte that the
// host refuses to give.
class CountingSource final : public Source {
 public:
  explicit CountingSource(std::uint64_t size) : size_(size) {}

  std::uint64_t size() const noexcept override { return size_; }
  Status read(std::uint64_t offset, MutableBytes out) const override {
    ++reads;
    EXPECT_TRUE(checked::within(offset, out.size(), size_));
    // What a failed read leaves behind is nobody's content.
    out.fill_zero();
    if (bad >= offset && bad - offset < out.size()) {
      return io_fault({Place::kPrimary, bad}, EIO);
    }
    std::uint64_t at = offset;
    for (std::byte& byte : out.span()) byte = byte_at(at++);
    return {};
  }

  mutable std::atomic<int> reads = 0;
  std::uint64_t bad = kMax;

 private:
  std::uint64_t size_;
};

void expect_content(const Source& source, std::uint64_t offset,
                    std::size_t size) {
  Bytes out = repeat(0, size);
  ASSERT_THAT(source.read(offset, MutableBytes(out)), Succeeds());
  std::uint64_t at = offset;
  for (const std::byte byte : out) {
    ASSERT_EQ(byte, byte_at(at)) << at;
    ++at;
  }
}

TEST(CachedSource, ReadsAPageOnce) {
  const CountingSource inner(3 * kPage);
  const CachedSource source(inner);
  EXPECT_EQ(source.size(), 3 * kPage);
  expect_content(source, 0, 10);
  expect_content(source, kPage - 1, 1);
  expect_content(source, 100, 200);
  EXPECT_EQ(inner.reads, 1);
  expect_content(source, kPage, 1);
  EXPECT_EQ(inner.reads, 2);
}

TEST(CachedSource, ReadsAcrossPages) {
  const CountingSource inner(3 * kPage);
  const CachedSource source(inner);
  expect_content(source, kPage - 3, 7);
  EXPECT_EQ(inner.reads, 2);
  expect_content(source, kPage + 5, kPage - 1);
  EXPECT_EQ(inner.reads, 3);
}

TEST(CachedSource, LargeReadsPassThrough) {
  const CountingSource inner(4 * kPage);
  const CachedSource source(inner);
  expect_content(source, 5, kPage);
  expect_content(source, 5, kPage);
  EXPECT_EQ(inner.reads, 2);
  expect_content(source, 5, 1);
  EXPECT_EQ(inner.reads, 3);
}

TEST(CachedSource, TheLastPageMayBeShort) {
  const CountingSource inner(kPage + 10);
  const CachedSource source(inner);
  expect_content(source, kPage - 5, 15);
  expect_content(source, kPage + 9, 1);
  EXPECT_EQ(inner.reads, 2);
}

TEST(CachedSource, PagesThatShareASlotReplaceEachOther) {
  const std::uint64_t far = CachedSource::kPages * kPage;
  const CountingSource inner(far + kPage);
  const CachedSource source(inner);
  expect_content(source, 1, 4);
  expect_content(source, far + 1, 4);
  expect_content(source, 1, 4);
  EXPECT_EQ(inner.reads, 3);
}

TEST(CachedSource, RefusesRangesThatPassTheEnd) {
  const CountingSource inner(100);
  const CachedSource source(inner);
  Bytes out = repeat(0, 2);
  EXPECT_THAT(source.read(99, MutableBytes(out)), IsIo(99, ERANGE));
  EXPECT_THAT(source.read(kMax, MutableBytes(out)), IsIo(kMax, ERANGE));
  EXPECT_THAT(source.read(101, MutableBytes()), IsIo(101, ERANGE));
  EXPECT_THAT(source.read(100, MutableBytes()), Succeeds());
  EXPECT_EQ(inner.reads, 0);
}

TEST(CachedSource, ABadByteSpoilsOnlyReadsThatWantIt) {
  CountingSource inner(2 * kPage);
  inner.bad = 50;
  const CachedSource source(inner);
  Bytes out = repeat(0, 4);
  expect_content(source, 0, 50);
  expect_content(source, 51, 100);
  EXPECT_THAT(source.read(48, MutableBytes(out)), IsIo(50, EIO));
  expect_content(source, kPage, 8);
}

TEST(CachedSource, AFailedPageSpoilsNotTheOneBefore) {
  const std::uint64_t far = CachedSource::kPages * kPage;
  CountingSource inner(far + kPage);
  inner.bad = far;
  const CachedSource source(inner);
  expect_content(source, 1, 4);
  expect_content(source, far + 1, 4);
  expect_content(source, 1, 4);
}

TEST(CachedSource, AFailedPageIsNotKept) {
  CountingSource inner(kPage);
  const CachedSource source(inner);
  inner.bad = 0;
  Bytes out = repeat(0, 4);
  EXPECT_THAT(source.read(0, MutableBytes(out)), IsIo(0, EIO));
  inner.bad = kMax;
  expect_content(source, 0, 4);
}

TEST(CachedSource, ThreadsThatReplaceTheSamePages) {
  // Pages that share slots, pages that share locks, and reads across both.
  const std::uint64_t far = CachedSource::kPages * kPage;
  const CountingSource inner(2 * far);
  const CachedSource source(inner);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      std::vector<std::byte> out(64);
      for (std::uint64_t i = 0; i < 500; ++i) {
        const std::uint64_t page = (i * 7 + t) % 40;
        const std::uint64_t at =
            ((i + t) % 2) * far + (page + 1) * kPage - i % out.size();
        if (!source.read(at, MutableBytes(out))) ++wrong;
        for (std::uint64_t b = 0; b < out.size(); ++b) {
          if (out[b] != byte_at(at + b)) ++wrong;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace erofs::image
