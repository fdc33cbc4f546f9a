// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/lz4_block.h"

#include <gtest/gtest.h>
#include <lz4.h>

#include <cstdint>
#include <random>

#include "decompress/lz4.h"
#include "decompress/lz4_scan.h"
#include "support/hex.h"
#include "support/streams.h"

namespace erofs::decompress {
namespace {

using test::Bytes;
using test::hex;
using test::lz4_stream;
using test::repeat;
using test::sample;
using test::text_bytes;

const char* address(const Bytes& bytes) {
  return reinterpret_cast<const char*>(bytes.data());
}

bool decode(const Bytes& block, Bytes& out,
            std::uint32_t distance = kLz4MaxDistance) {
  return lz4_block(ByteView(block), MutableBytes(out), distance);
}

// What the library makes of a block, where no distance is zero.
bool library(const Bytes& block, Bytes& out) {
  const int size = static_cast<int>(out.size());
  const int got =
      LZ4_decompress_safe(address(block), reinterpret_cast<char*>(out.data()),
                          static_cast<int>(block.size()), size);
  return got == size && lz4_distances(ByteView(block), out.size(),
                                      kLz4MaxDistance) == Outcome::kDone;
}

void expect_same(const Bytes& block, std::size_t size) {
  // Behind the room nothing may be written; ASan watches.
  Bytes ours(size);
  Bytes theirs(size);
  const bool taken = library(block, theirs);
  ASSERT_EQ(decode(block, ours), taken);
  if (taken) {
    ASSERT_EQ(ours, theirs);
  }
}

TEST(Lz4Block, EveryDistanceAndLength) {
  for (std::size_t distance = 1; distance < 40; ++distance) {
    for (std::size_t length : {4U, 5U, 17U, 18U, 19U, 33U, 300U, 5000U}) {
      Bytes content = sample(distance);
      while (content.size() < distance + length) {
        content.push_back(content[content.size() - distance]);
      }
      content = content + text_bytes("the end of it");
      Bytes out(content.size());
      ASSERT_TRUE(decode(lz4_stream(content), out)) << distance;
      ASSERT_EQ(out, content) << distance << " " << length;
    }
  }
}

TEST(Lz4Block, EndsAsTheLibraryWants) {
  // Literals alone; a match with 5 and with 4 literals behind it.
  for (const char* text :
       {"40 61626364", "00", "10 61", "40 61626364 0400 50 6162636465",
        "40 61626364 0400 40 61626364", "40 61626364 0400",
        "c0 616263646566676869707172 0400 50 6162636465",
        "c0 616263646566676869707172 0400 40 61626364"}) {
    const Bytes block = hex(text);
    for (std::size_t size = 1; size < 40; ++size) expect_same(block, size);
  }
}

TEST(Lz4Block, RefusesDistances) {
  const Bytes block =
      hex("80 6162636465666768 0800 c0 616263646566676869707172");
  Bytes out(24);
  EXPECT_TRUE(decode(block, out, 8));
  EXPECT_FALSE(decode(block, out, 7));
  const Bytes zero =
      hex("80 6162636465666768 0000 c0 616263646566676869707172");
  EXPECT_FALSE(decode(zero, out));
  const Bytes before =
      hex("80 6162636465666768 0900 c0 616263646566676869707172");
  EXPECT_FALSE(decode(before, out));
}

// Blocks with a few bytes changed: both decoders take the same ones, and make
// the same of them.
TEST(Lz4Block, AgreesWithTheLibrary) {
  std::mt19937 random(7);
  const Bytes content = sample(700) + repeat(3, 200) + sample(90);
  const Bytes good = lz4_stream(content);
  unsigned taken = 0;
  for (unsigned round = 0; round < 20000; ++round) {
    Bytes block = good;
    for (unsigned change = 0; change < round % 4; ++change) {
      block[random() % block.size()] = static_cast<std::byte>(random());
    }
    if (round % 7 == 0) block.resize(1 + random() % block.size());
    const std::size_t size = content.size() + random() % 3 - 1;
    expect_same(block, size);
    Bytes out(size);
    if (decode(block, out)) ++taken;
  }
  EXPECT_GT(taken, 1000U);
  EXPECT_LT(taken, 19000U);
}

}  // namespace
}  // namespace erofs::decompress
