// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/deflate_block.h"

#include <gtest/gtest.h>
#define ZLIB_CONST
#include <zlib.h>

#include <random>

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

bool ours(const Bytes& stream, Bytes& out) {
  DeflateStream plain(false);
  Bytes other(out.size());
  const bool taken = plain.decode(ByteView(stream), MutableBytes(other));
  DeflateStream decoder;
  EXPECT_EQ(decoder.decode(ByteView(stream), MutableBytes(out)), taken);
  if (taken) {
    EXPECT_EQ(out, other);
  }
  return taken;
}

// Whether zlib takes all of `stream` and it has out.size() bytes.
bool zlib(const Bytes& stream, Bytes& out) {
  z_stream context{};
  EXPECT_EQ(inflateInit2(&context, -MAX_WBITS), Z_OK);
  Bytes room(out.size() + 1);
  context.next_in = reinterpret_cast<const Bytef*>(stream.data());
  context.avail_in = static_cast<uInt>(stream.size());
  context.next_out = reinterpret_cast<Bytef*>(room.data());
  context.avail_out = static_cast<uInt>(room.size());
  const int result = inflate(&context, Z_SYNC_FLUSH);
  inflateEnd(&context);
  out = slice(room, 0, out.size());
  return result == Z_STREAM_END && context.avail_in == 0 &&
         context.avail_out == 1;
}

void expect_same(const Bytes& stream, std::size_t size) {
  // Behind the room nothing may be written; ASan watches.
  Bytes mine(size);
  Bytes theirs(size);
  const bool taken = zlib(stream, theirs);
  ASSERT_EQ(ours(stream, mine), taken);
  if (taken) {
    ASSERT_EQ(mine, theirs);
  }
}

// A stream of bits, the first of each byte lowest; codes have their first
// bit first.
class BitWriter {
 public:
  BitWriter& number(unsigned value, unsigned bits) {
    for (unsigned i = 0; i < bits; ++i) bit(value >> i & 1);
    return *this;
  }
  BitWriter& code(unsigned value, unsigned bits) {
    for (unsigned i = bits; i-- > 0;) bit(value >> i & 1);
    return *this;
  }
  Bytes bytes;

 private:
  void bit(unsigned value) {
    if (count_ % 8 == 0) bytes.push_back(std::byte{0});
    bytes.back() |= static_cast<std::byte>(value << count_ % 8);
    ++count_;
  }
  unsigned count_ = 0;
};

// The head of a block with codes of its own for the symbols 'a' and end (one
// bit each) and one distance, all code lengths spelled with four bits.
BitWriter dynamic_block(unsigned symbols, unsigned distances) {
  BitWriter out;
  out.number(1, 1).number(2, 2);
  out.number(symbols - 257, 5).number(distances - 1, 5).number(15, 4);
  // Sixteen of the nineteen have a code: all but 17, 14 and 15.
  for (unsigned i = 0; i < 19; ++i) {
    const unsigned length = i == 1 || i == 16 || i == 18 ? 0 : 4;
    out.number(length, 3);
  }
  for (unsigned i = 0; i < symbols; ++i) {
    out.code(i == 'a' || i == 256 ? 1 : 0, 4);
  }
  for (unsigned i = 0; i < distances; ++i) out.code(0, 4);
  return out;
}

TEST(DeflateStream, EveryLevelAndSize) {
  for (const int level : {1, 6, 9, 12}) {
    for (const std::size_t size : {1U, 2U, 300U, 4096U, 70000U, 400000U}) {
      const Bytes content = sample(size, static_cast<std::uint32_t>(level));
      const Bytes stream = deflate_stream(content, level);
      Bytes out(size);
      ASSERT_TRUE(ours(stream, out)) << level << " " << size;
      EXPECT_EQ(out, content);
      expect_same(stream, size + 1);
      if (size > 1) expect_same(stream, size - 1);
      expect_same(stream + repeat(0, 1), size);
    }
  }
}

TEST(DeflateStream, EveryDistance) {
  for (std::size_t distance = 1; distance < 40; ++distance) {
    for (const std::size_t length : {3U, 10U, 258U, 5000U}) {
      Bytes content = sample(distance);
      while (content.size() < distance + length) {
        content.push_back(content[content.size() - distance]);
      }
      const Bytes stream = deflate_stream(content, 9);
      Bytes out(content.size());
      ASSERT_TRUE(ours(stream, out)) << distance << " " << length;
      EXPECT_EQ(out, content);
    }
  }
}

TEST(DeflateStream, StoredBlocks) {
  const Bytes two = hex("08 0200 fdff 6162 | 01 0100 feff 63");
  Bytes out(3);
  EXPECT_TRUE(ours(two, out));
  EXPECT_EQ(out, text_bytes("abc"));
  for (std::size_t size = 0; size < two.size(); ++size) {
    EXPECT_FALSE(ours(slice(two, 0, size), out)) << size;
  }
  EXPECT_FALSE(ours(hex("01 0300 fdff 616263"), out));
  EXPECT_FALSE(ours(hex("07"), out));
}

TEST(DeflateStream, WhatOnlyLaxDecodersTake) {
  // The limits of zlib, and one step beyond each.
  for (const unsigned symbols : {286U, 287U, 288U}) {
    const Bytes stream = dynamic_block(symbols, 1).code(0, 1).code(1, 1).bytes;
    Bytes out(1);
    EXPECT_EQ(ours(stream, out), symbols == 286) << symbols;
    expect_same(stream, 1);
  }
  for (const unsigned distances : {30U, 31U, 32U}) {
    const Bytes stream =
        dynamic_block(257, distances).code(0, 1).code(1, 1).bytes;
    Bytes out(1);
    EXPECT_EQ(ours(stream, out), distances == 30) << distances;
    expect_same(stream, 1);
  }
  // Literal 'a', then a length that the fixed code has no symbol for.
  for (const unsigned symbol : {285U, 286U, 287U}) {
    const Bytes stream = BitWriter()
                             .number(1, 1)
                             .number(1, 2)
                             .code(0x30 + 'a', 8)
                             .code(0xC0 + symbol - 280, 8)
                             .code(0, 5)
                             .code(0, 7)
                             .bytes;
    Bytes out(259);
    EXPECT_EQ(ours(stream, out), symbol == 285) << symbol;
    expect_same(stream, 259);
  }
}

TEST(DeflateStream, DistancesBeforeTheStart) {
  const auto stream = [](unsigned distance) {
    return BitWriter()
        .number(1, 1)
        .number(1, 2)
        .code(0x30 + 'a', 8)
        .code(1, 7)
        .code(distance - 1, 5)
        .code(0, 7)
        .bytes;
  };
  Bytes out(4);
  EXPECT_TRUE(ours(stream(1), out));
  EXPECT_EQ(out, text_bytes("aaaa"));
  EXPECT_FALSE(ours(stream(2), out));
}

TEST(DeflateStream, ChangedStreamsFareAsWithZlib) {
  std::mt19937 random(1);
  for (const std::size_t size : {40U, 900U, 9000U}) {
    const Bytes stream = deflate_stream(sample(size), 6);
    for (int i = 0; i < 2000; ++i) {
      Bytes changed = stream;
      const std::size_t at =
          random() % std::min<std::size_t>(changed.size(), i % 2 ? 60 : 9999);
      changed.at(at) ^= static_cast<std::byte>(1U << random() % 8);
      if (i % 16 == 0) changed.resize(random() % changed.size());
      expect_same(changed, size + (i % 5 == 0 ? random() % 3 : 0));
    }
  }
}

}  // namespace
}  // namespace erofs::decompress
