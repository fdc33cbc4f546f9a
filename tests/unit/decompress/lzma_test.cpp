// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/lzma.h"

#include <gtest/gtest.h>

#include "support/hex.h"
#include "support/streams.h"

namespace erofs::decompress {
namespace {

using test::Bytes;
using test::lzma_bytes;
using test::repeat;
using test::sample;
using test::slice;

constexpr std::uint32_t kDictionary = 65536;

Outcome decode(const Bytes& stream, Bytes& out, Demand demand = Demand::kWhole,
               std::uint32_t dictionary = kDictionary) {
  return Lzma(dictionary).decode(ByteView(stream), MutableBytes(out), demand);
}

TEST(Lzma, DecodesWhole) {
  Lzma decoder(kDictionary);
  for (const std::size_t size : {1U, 4096U, 300000U}) {
    const Bytes content = sample(size);
    const Bytes stream = lzma_bytes(content);
    Bytes out(size);
    EXPECT_EQ(
        decoder.decode(ByteView(stream), MutableBytes(out), Demand::kWhole),
        Outcome::kDone);
    EXPECT_EQ(out, content);
  }
}

TEST(Lzma, WholeMeansNeitherMoreNorLess) {
  const Bytes stream = lzma_bytes(sample(10000));
  Bytes longer(20000);
  EXPECT_EQ(decode(stream, longer), Outcome::kShort);
  Bytes shorter(9000);
  EXPECT_EQ(decode(stream, shorter), Outcome::kLong);
  // Nothing of the input is left, but the coder is not at rest.
  const Bytes zeros = lzma_bytes(repeat(0, 10000));
  Bytes most(9990);
  EXPECT_EQ(decode(zeros, most), Outcome::kLong);
}

TEST(Lzma, PrefixStopsAnywhere) {
  const Bytes content = sample(10000);
  const Bytes stream = lzma_bytes(content);
  for (const std::size_t size : {1U, 17U, 9999U, 10000U}) {
    Bytes out(size);
    EXPECT_EQ(decode(stream, out, Demand::kPrefix), Outcome::kDone) << size;
    EXPECT_EQ(out, slice(content, 0, size)) << size;
  }
  Bytes longer(20000);
  EXPECT_EQ(decode(stream, longer, Demand::kPrefix), Outcome::kShort);
}

TEST(Lzma, BytesBehindTheEnd) {
  const Bytes stream = lzma_bytes(sample(10000)) + repeat(0, 3);
  Bytes out(10000);
  EXPECT_EQ(decode(stream, out), Outcome::kTrailing);
  EXPECT_EQ(decode(stream, out, Demand::kPrefix), Outcome::kDone);
}

TEST(Lzma, BytesThatRunOut) {
  const Bytes stream = lzma_bytes(sample(10000));
  Bytes out(10000);
  EXPECT_EQ(decode(slice(stream, 0, 1000), out), Outcome::kShort);
  EXPECT_EQ(decode({}, out), Outcome::kShort);
}

TEST(Lzma, BadBytes) {
  Bytes stream = lzma_bytes(sample(10000));
  Bytes out(10000);
  stream.at(0) = std::byte{0};  // properties of 255
  EXPECT_EQ(decode(stream, out), Outcome::kCorrupt);
  stream = lzma_bytes(sample(10000));
  stream.back() ^= std::byte{0xFF};
  EXPECT_EQ(decode(stream, out), Outcome::kCorrupt);
}

TEST(Lzma, HistoryIsLimited) {
  const Bytes content = sample(20000, 7) + sample(20000, 7);
  const Bytes stream = lzma_bytes(content);
  Bytes out(content.size());
  EXPECT_EQ(decode(stream, out, Demand::kWhole, 20000), Outcome::kDone);
  EXPECT_EQ(decode(stream, out, Demand::kWhole, 4096), Outcome::kWindow);
  EXPECT_EQ(decode(stream, out, Demand::kPrefix, 4096), Outcome::kWindow);
}

// The library knows multiples of 16 only.
TEST(Lzma, HistoryIsLimitedToTheByte) {
  const Bytes content = sample(5000, 7) + sample(5000, 7);
  const Bytes stream = lzma_bytes(content);
  Bytes out(content.size());
  for (const Demand demand : {Demand::kWhole, Demand::kPrefix}) {
    for (std::uint32_t dictionary = 4990; dictionary < 5000; ++dictionary) {
      EXPECT_EQ(decode(stream, out, demand, dictionary), Outcome::kWindow)
          << dictionary;
    }
    for (std::uint32_t dictionary = 5000; dictionary < 5020; ++dictionary) {
      EXPECT_EQ(decode(stream, out, demand, dictionary), Outcome::kDone)
          << dictionary;
      EXPECT_EQ(out, content);
    }
  }
}

TEST(Lzma, AFailureLeavesNothingBehind) {
  const Bytes content = sample(10000);
  const Bytes good = lzma_bytes(content);
  const Bytes bad = slice(good, 0, 200);
  Lzma decoder(kDictionary);
  Bytes out(10000);
  EXPECT_EQ(decoder.decode(ByteView(bad), MutableBytes(out), Demand::kWhole),
            Outcome::kShort);
  EXPECT_EQ(decoder.decode(ByteView(good), MutableBytes(out), Demand::kWhole),
            Outcome::kDone);
  EXPECT_EQ(out, content);
}

}  // namespace
}  // namespace erofs::decompress
