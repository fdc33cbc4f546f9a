// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/lzma_reach.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "decompress/lzma.h"
#include "support/streams.h"

namespace erofs::decompress {
namespace {

using test::Bytes;
using test::lzma_bytes;
using test::repeat;
using test::sample;
using test::slice;

constexpr std::uint32_t kUnit = 16;  // of the library's dictionaries
constexpr std::uint32_t kLeast = 4096;

std::uint64_t reach(const Bytes& stream, const Bytes& out) {
  return lzma_reach(ByteView(stream), ByteView(out));
}

// Whether the library decodes `stream` with so much history.
bool decodes(const Bytes& stream, std::size_t size, std::uint64_t dictionary) {
  Bytes out(size);
  Lzma decoder(static_cast<std::uint32_t>(dictionary));
  return decoder.decode(ByteView(stream), MutableBytes(out), Demand::kWhole) ==
         Outcome::kDone;
}

TEST(LzmaReach, IsThatOfTheFurthestMatch) {
  for (const std::size_t period : {4096U, 5000U, 9999U, 30001U}) {
    const Bytes once = sample(period, 7);
    const Bytes content = once + once;
    EXPECT_EQ(reach(lzma_bytes(content), content), period);
  }
  const Bytes ones = repeat('1', 5000);
  EXPECT_EQ(reach(lzma_bytes(ones), ones), 1U);
  EXPECT_EQ(reach(lzma_bytes(sample(1)), sample(1)), 0U);
}

// All kinds of matches in text and noise, against what the library takes.
TEST(LzmaReach, AgreesWithTheLibrary) {
  for (unsigned seed = 1; seed <= 24; ++seed) {
    Bytes content = sample(7000 + 100 * seed, seed);
    content = content + repeat(7, seed) + slice(content, seed, 3000) +
              sample(900, seed + 1) + slice(content, 100, 5000);
    const test::LzmaForm form{seed % 5, seed % 3 == 0 ? 4 - seed % 5 : 0,
                              seed % 5};
    const Bytes stream = lzma_bytes(content, 65536, form);
    const std::uint64_t found = reach(stream, content);
    ASSERT_GT(found, kLeast);
    const std::uint64_t enough = (found + kUnit - 1) / kUnit * kUnit;
    EXPECT_TRUE(decodes(stream, content.size(), enough)) << seed;
    EXPECT_FALSE(decodes(stream, content.size(), enough - kUnit)) << seed;
  }
}

TEST(LzmaReach, LooksNoFurtherThanAsked) {
  const Bytes content = sample(5000, 7) + sample(5000, 7);
  const Bytes stream = lzma_bytes(content);
  EXPECT_LT(reach(stream, slice(content, 0, 4990)), 4990U);
  EXPECT_EQ(reach(stream, slice(content, 0, 5001)), 5000U);
  EXPECT_EQ(reach(stream, {}), 0U);
}

// What is no stream has no reach, but does no harm.
TEST(LzmaReach, SurvivesAnything) {
  EXPECT_EQ(reach({}, sample(100)), 0U);
  for (unsigned seed = 0; seed < 512; ++seed) {
    Bytes noise = sample(300, seed);
    std::reverse(noise.begin(), noise.end());
    noise.at(0) = static_cast<std::byte>(seed);
    EXPECT_LE(reach(noise, sample(2000, seed)), std::uint64_t{1} << 32);
    EXPECT_LE(reach(slice(noise, 0, 3), repeat(0xFF, 600)),
              std::uint64_t{1} << 32);
  }
}

}  // namespace
}  // namespace erofs::decompress
