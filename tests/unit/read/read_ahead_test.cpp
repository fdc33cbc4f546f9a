// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/read_ahead.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "base/checked.h"
#include "support/counting_source.h"
#include "support/hex.h"
#include "support/matchers.h"

namespace erofs::read {
namespace {

using test::CountingSource;
using test::IsIo;
using test::Succeeds;

constexpr std::uint64_t kAll = std::uint64_t{1} << 40;

struct Reader {
  // Reads, and compares what comes with what is there.
  void get(const CountingSource& source, std::uint64_t offset,
           std::uint64_t size, std::uint64_t likely = kAll) {
    const auto bytes =
        ahead.get({&source, {Place::kPrimary, offset}}, size, likely);
    ASSERT_THAT(bytes, Succeeds());
    ASSERT_EQ(bytes->size(), size);
    std::uint64_t at = offset;
    for (const std::byte byte : bytes->span()) {
      ASSERT_EQ(byte, source.byte_at(at)) << at;
      ++at;
    }
  }

  ReadAhead ahead;
};

TEST(ReadAhead, RunsAreReadInLargerPieces) {
  const CountingSource source(std::uint64_t{1} << 20);
  Reader reader;
  for (std::uint64_t at = 0; at < source.size(); at += 4096) {
    reader.get(source, at, 4096);
  }
  // 4K, 8K, ... 256K, and 256K from then on.
  EXPECT_LE(source.reads, 11);
}

TEST(ReadAhead, OddSizesOverlap) {
  const CountingSource source(300000);
  Reader reader;
  for (std::uint64_t at = 0; at + 1000 <= source.size(); at += 1000) {
    reader.get(source, at, 1000);
  }
  EXPECT_LE(source.reads, 12);
  EXPECT_LE(source.bytes, source.size());
}

TEST(ReadAhead, SinglePiecesAreReadAsTheyAre) {
  const CountingSource source(std::uint64_t{1} << 20);
  Reader reader;
  for (const std::uint64_t at : {500000U, 100U, 300000U}) {
    reader.get(source, at, 10);
  }
  EXPECT_EQ(source.reads, 3);
  EXPECT_EQ(source.bytes, 30U);
  reader.get(source, 300005, 5);
  EXPECT_EQ(source.reads, 3);
}

TEST(ReadAhead, NoMoreThanIsLikelyToBeUsed) {
  const CountingSource source(std::uint64_t{1} << 20);
  Reader reader;
  reader.get(source, 0, 4096, 6000);
  reader.get(source, 4096, 1000, 1904);
  EXPECT_EQ(source.bytes, 6000U);
  reader.get(source, 5096, 904, 904);
  EXPECT_EQ(source.bytes, 6000U);
}

TEST(ReadAhead, SourcesAreToldApart) {
  const CountingSource one(10000);
  const CountingSource other(10000);
  Reader reader;
  reader.get(one, 0, 100);
  reader.get(other, 0, 100);
  reader.get(one, 0, 100);
  EXPECT_EQ(one.reads, 2);
  EXPECT_EQ(other.reads, 1);
}

TEST(ReadAhead, OnlyWhatIsAskedForMustBeReadable) {
  CountingSource source(100000);
  source.bad = 9000;
  Reader reader;
  reader.get(source, 0, 4096);
  reader.get(source, 4096, 4096);
  EXPECT_THAT(reader.ahead.get({&source, {Place::kPrimary, 8192}}, 4096, kAll),
              IsIo(8192, EIO));
  reader.get(source, 8192, 808);
  reader.get(source, 9001, 4096);
}

TEST(ReadAhead, NothingBehindTheEnd) {
  const CountingSource source(10000);
  Reader reader;
  reader.get(source, 0, 6000);
  reader.get(source, 6000, 4000);
  EXPECT_THAT(reader.ahead.get({&source, {Place::kPrimary, 9999}}, 2, kAll),
              IsIo(9999, ERANGE));
  EXPECT_THAT(reader.ahead.get({&source, {Place::kPrimary, kAll}}, 2, kAll),
              IsIo(kAll, ERANGE));
}

}  // namespace
}  // namespace erofs::read
