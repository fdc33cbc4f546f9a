// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/zstd.h"

#include <gtest/gtest.h>

#include "support/hex.h"
#include "support/streams.h"

namespace erofs::decompress {
namespace {

using test::Bytes;
using test::hex;
using test::repeat;
using test::sample;
using test::slice;
using test::zstd_stream;

Outcome decode(const Bytes& stream, Bytes& out, Demand demand = Demand::kWhole,
               unsigned window_bits = 17) {
  return Zstd(window_bits).decode(ByteView(stream), MutableBytes(out), demand);
}

TEST(Zstd, DecodesWhole) {
  Zstd decoder(17);
  for (const std::size_t size : {1U, 4096U, 300000U}) {
    const Bytes content = sample(size);
    for (const bool announced : {true, false}) {
      const Bytes stream =
          zstd_stream(content, {.content_size = announced, .checksum = true});
      Bytes out(size);
      EXPECT_EQ(
          decoder.decode(ByteView(stream), MutableBytes(out), Demand::kWhole),
          Outcome::kDone);
      EXPECT_EQ(out, content);
    }
  }
}

TEST(Zstd, WholeMeansNeitherMoreNorLess) {
  for (const bool announced : {true, false}) {
    const Bytes stream =
        zstd_stream(sample(10000), {.content_size = announced});
    Bytes longer(10001);
    EXPECT_EQ(decode(stream, longer), Outcome::kShort);
    Bytes shorter(9999);
    EXPECT_EQ(decode(stream, shorter), Outcome::kLong);
  }
}

TEST(Zstd, PrefixStopsAnywhere) {
  const Bytes content = sample(300000);
  for (const bool announced : {true, false}) {
    const Bytes stream = zstd_stream(content, {.content_size = announced});
    Zstd decoder(17);
    for (const std::size_t size : {1U, 17U, 150000U, 299999U, 300000U}) {
      Bytes out(size);
      EXPECT_EQ(
          decoder.decode(ByteView(stream), MutableBytes(out), Demand::kPrefix),
          Outcome::kDone)
          << size;
      EXPECT_EQ(out, slice(content, 0, size)) << size;
    }
    Bytes longer(300001);
    EXPECT_EQ(decode(stream, longer, Demand::kPrefix), Outcome::kShort);
  }
}

// One block decodes to more than the window, which Linux refuses because it
// goes block by block; decoded at once the library does not mind.
TEST(Zstd, BlocksAreNoLargerThanTheWindow) {
  const Bytes run = hex("28b52ffd 00 00 c35d00 78");  // 3000 bytes, of 1 KiB
  Bytes out(3000);
  EXPECT_EQ(decode(run, out), Outcome::kCorrupt);
  EXPECT_EQ(decode(run, out, Demand::kPrefix), Outcome::kCorrupt);
  const Bytes announced = hex("28b52ffd 40 00 b80a c35d00 78");
  EXPECT_EQ(decode(announced, out), Outcome::kCorrupt);
  EXPECT_EQ(decode(announced, out, Demand::kPrefix), Outcome::kCorrupt);
  const Bytes fits = hex("28b52ffd 00 08 c35d00 78");
  EXPECT_EQ(decode(fits, out), Outcome::kCorrupt);
  const Bytes wide = hex("28b52ffd 00 10 c35d00 78");
  EXPECT_EQ(decode(wide, out), Outcome::kDone);
  EXPECT_EQ(out, repeat(0x78, 3000));
}

TEST(Zstd, OneFrameAndNothingElse) {
  const Bytes stream = zstd_stream(sample(4096));
  Bytes out(4096);
  EXPECT_EQ(decode(stream + repeat(0, 1), out), Outcome::kTrailing);
  EXPECT_EQ(decode(stream + repeat(0, 1), out, Demand::kPrefix),
            Outcome::kDone);
  EXPECT_EQ(decode(stream + stream, out), Outcome::kTrailing);
  Bytes both(8192);
  EXPECT_EQ(decode(stream + stream, both), Outcome::kShort);
  EXPECT_EQ(decode(stream + stream, both, Demand::kPrefix), Outcome::kShort);
  const Bytes skippable = hex("502a4d18 01000000 00");
  EXPECT_EQ(decode(skippable + stream, out), Outcome::kFrame);
  EXPECT_EQ(decode(stream + skippable, out), Outcome::kTrailing);
}

TEST(Zstd, NoDictionary) {
  Bytes out(5);
  EXPECT_EQ(decode(hex("28b52ffd 21 07 05 29 0000 6162636465"), out),
            Outcome::kFrame);
  EXPECT_EQ(decode(hex("28b52ffd 20 05 290000 6162636465"), out),
            Outcome::kDone);
}

TEST(Zstd, BytesThatRunOut) {
  const Bytes stream = zstd_stream(sample(10000), {.content_size = false});
  Bytes out(10000);
  const Bytes half = slice(stream, 0, stream.size() / 2);
  EXPECT_EQ(decode(half, out), Outcome::kShort);
  EXPECT_EQ(decode(half, out, Demand::kPrefix), Outcome::kShort);
  EXPECT_EQ(decode({}, out), Outcome::kShort);
}

TEST(Zstd, BadBytes) {
  Bytes stream = zstd_stream(sample(10000), {.checksum = true});
  stream.back() ^= std::byte{1};
  Bytes out(10000);
  EXPECT_EQ(decode(stream, out), Outcome::kCorrupt);
  // Its only block has the reserved type.
  EXPECT_EQ(
      decode(hex("28b52ffd 20 05 2f0000 6162636465"), out, Demand::kPrefix),
      Outcome::kShort);
  Bytes five(5);
  EXPECT_EQ(decode(hex("28b52ffd 20 05 2f0000 6162636465"), five),
            Outcome::kCorrupt);
  EXPECT_EQ(
      decode(hex("28b52ffd 20 05 2f0000 6162636465"), five, Demand::kPrefix),
      Outcome::kCorrupt);
}

TEST(Zstd, HistoryIsLimited) {
  const Bytes stream = zstd_stream(sample(300000), {.window_bits = 15});
  Bytes out(300000);
  EXPECT_EQ(decode(stream, out, Demand::kWhole, 15), Outcome::kDone);
  EXPECT_EQ(decode(stream, out, Demand::kWhole, 14), Outcome::kWindow);
  EXPECT_EQ(decode(stream, out, Demand::kPrefix, 14), Outcome::kWindow);
  // A frame of one segment reaches over all of its content.
  Bytes small(5000);
  const Bytes segment = zstd_stream(sample(5000));
  EXPECT_EQ(decode(segment, small, Demand::kWhole, 13), Outcome::kDone);
  EXPECT_EQ(decode(segment, small, Demand::kWhole, 12), Outcome::kWindow);
}

}  // namespace
}  // namespace erofs::decompress
