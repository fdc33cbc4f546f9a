// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/lz4.h"

#include <gtest/gtest.h>

#include "support/hex.h"
#include "support/streams.h"

namespace erofs::decompress {
namespace {

using test::Bytes;
using test::hex;
using test::lz4_stream;
using test::repeat;
using test::sample;
using test::slice;
using test::text_bytes;

Outcome decode(const Bytes& block, Bytes& out, Demand demand = Demand::kWhole,
               std::uint32_t distance = kLz4MaxDistance) {
  return lz4(ByteView(block), MutableBytes(out), demand, distance);
}

TEST(Lz4, DecodesWhole) {
  for (const std::size_t size : {1U, 12U, 13U, 4096U, 300000U}) {
    const Bytes content = sample(size);
    Bytes out(size);
    EXPECT_EQ(decode(lz4_stream(content), out), Outcome::kDone) << size;
    EXPECT_EQ(out, content) << size;
  }
}

TEST(Lz4, WholeMeansNeitherMoreNorLess) {
  const Bytes block = lz4_stream(sample(10000));
  Bytes longer(10001);
  EXPECT_EQ(decode(block, longer), Outcome::kShort);
  Bytes shorter(9999);
  EXPECT_EQ(decode(block, shorter), Outcome::kLong);
}

TEST(Lz4, PrefixStopsAnywhere) {
  const Bytes content = sample(10000);
  const Bytes block = lz4_stream(content);
  for (const std::size_t size : {1U, 17U, 5000U, 9999U, 10000U}) {
    Bytes out(size);
    EXPECT_EQ(decode(block, out, Demand::kPrefix), Outcome::kDone) << size;
    EXPECT_EQ(out, slice(content, 0, size)) << size;
  }
  Bytes longer(10001);
  EXPECT_EQ(decode(block, longer, Demand::kPrefix), Outcome::kShort);
}

TEST(Lz4, BytesBehindTheEnd) {
  // Four literals and nothing else; then what is no sequence.
  Bytes out(4);
  EXPECT_EQ(decode(hex("40 61626364"), out), Outcome::kDone);
  EXPECT_EQ(out, text_bytes("abcd"));
  EXPECT_EQ(decode(hex("40 61626364 0000"), out), Outcome::kTrailing);
  EXPECT_EQ(decode(hex("40 61626364 00"), out), Outcome::kTrailing);
  EXPECT_EQ(decode(hex("40 61626364 0000"), out, Demand::kPrefix),
            Outcome::kDone);
}

TEST(Lz4, BadDistances) {
  Bytes out(100);
  EXPECT_EQ(decode(hex("4f 61626364 0000 10"), out), Outcome::kCorrupt);
  EXPECT_EQ(decode(hex("4f 61626364 0500 10"), out), Outcome::kCorrupt);
  EXPECT_EQ(decode(hex("4f 61626364 0500 10"), out, Demand::kPrefix),
            Outcome::kCorrupt);
  // The library decodes these: to what the room held before, in a prefix.
  const Bytes zero = hex("40 61626364 0000 80 6566676869707172");
  Bytes room(16);
  EXPECT_EQ(decode(zero, room), Outcome::kCorrupt);
  EXPECT_EQ(decode(zero, room, Demand::kPrefix), Outcome::kCorrupt);
}

TEST(Lz4, BytesThatRunOut) {
  const Bytes block = lz4_stream(sample(10000));
  Bytes out(10000);
  EXPECT_EQ(decode(slice(block, 0, block.size() / 2), out), Outcome::kShort);
  EXPECT_EQ(decode({}, out), Outcome::kShort);
}

TEST(Lz4, HistoryIsLimited) {
  // 300 bytes that repeat nothing, then the first of them again.
  Bytes content;
  for (unsigned i = 0; i < 300; ++i) {
    content.push_back(static_cast<std::byte>(i * i / 7 + i));
  }
  content = content + slice(content, 0, 100) + repeat(9, 20);
  const Bytes block = lz4_stream(content);
  Bytes out(content.size());
  EXPECT_EQ(decode(block, out, Demand::kWhole, 300), Outcome::kDone);
  EXPECT_EQ(decode(block, out, Demand::kWhole, 299), Outcome::kWindow);
  EXPECT_EQ(decode(block, out, Demand::kPrefix, 299), Outcome::kWindow);
  Bytes head(300);
  EXPECT_EQ(decode(block, head, Demand::kPrefix, 299), Outcome::kDone);
}

}  // namespace
}  // namespace erofs::decompress
