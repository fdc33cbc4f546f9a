// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/deflate.h"

#include <gtest/gtest.h>

#include "support/hex.h"
#include "support/streams.h"

namespace erofs::decompress {
namespace {

using test::Bytes;
using test::deflate_stream;
using test::hex;
using test::repeat;
using test::sample;
using test::slice;
using test::text_bytes;

Outcome decode(const Bytes& stream, Bytes& out,
               Demand demand = Demand::kWhole) {
  return Deflate().decode(ByteView(stream), MutableBytes(out), demand);
}

TEST(Deflate, DecodesWhole) {
  Deflate decoder;
  for (const std::size_t size : {1U, 4096U, 300000U}) {
    const Bytes content = sample(size);
    const Bytes stream = deflate_stream(content);
    Bytes out(size);
    EXPECT_EQ(
        decoder.decode(ByteView(stream), MutableBytes(out), Demand::kWhole),
        Outcome::kDone);
    EXPECT_EQ(out, content);
  }
}

TEST(Deflate, WholeMeansNeitherMoreNorLess) {
  const Bytes stream = deflate_stream(sample(10000));
  Bytes longer(10001);
  EXPECT_EQ(decode(stream, longer), Outcome::kShort);
  Bytes shorter(9999);
  EXPECT_EQ(decode(stream, shorter), Outcome::kLong);
}

TEST(Deflate, PrefixStopsAnywhere) {
  const Bytes content = sample(10000);
  const Bytes stream = deflate_stream(content);
  Deflate decoder;
  for (const std::size_t size : {1U, 17U, 9999U, 10000U}) {
    Bytes out(size);
    EXPECT_EQ(
        decoder.decode(ByteView(stream), MutableBytes(out), Demand::kPrefix),
        Outcome::kDone);
    EXPECT_EQ(out, slice(content, 0, size)) << size;
  }
  Bytes longer(10001);
  EXPECT_EQ(decode(stream, longer, Demand::kPrefix), Outcome::kShort);
}

TEST(Deflate, BytesBehindTheEnd) {
  const Bytes stream = deflate_stream(sample(10000)) + repeat(0, 1);
  Bytes out(10000);
  EXPECT_EQ(decode(stream, out), Outcome::kTrailing);
  EXPECT_EQ(decode(stream, out, Demand::kPrefix), Outcome::kDone);
}

TEST(Deflate, BytesThatRunOut) {
  const Bytes stream = deflate_stream(sample(10000));
  Bytes out(10000);
  EXPECT_EQ(decode(slice(stream, 0, 1000), out), Outcome::kShort);
  EXPECT_EQ(decode({}, out), Outcome::kShort);
}

TEST(Deflate, TheLastBlockSaysSo) {
  // A stored block, once as the last and once not.
  Bytes out(3);
  EXPECT_EQ(decode(hex("01 0300 fcff 616263"), out), Outcome::kDone);
  EXPECT_EQ(out, text_bytes("abc"));
  const Bytes open = hex("08 0300 fcff 616263");
  EXPECT_EQ(decode(open, out), Outcome::kCorrupt);
  EXPECT_EQ(decode(open, out, Demand::kPrefix), Outcome::kDone);
}

TEST(Deflate, BadBytes) {
  Bytes out(3);
  EXPECT_EQ(decode(hex("01 0300 fdff 616263"), out), Outcome::kCorrupt);
  EXPECT_EQ(decode(hex("07"), out), Outcome::kCorrupt);
  EXPECT_EQ(decode(hex("07"), out, Demand::kPrefix), Outcome::kCorrupt);
  // With the header of zlib.
  EXPECT_EQ(decode(hex("789c 4b4c 4a06 0002 4d01 27"), out), Outcome::kCorrupt);
}

}  // namespace
}  // namespace erofs::decompress
