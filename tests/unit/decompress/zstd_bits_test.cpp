// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/zstd_bits.h"

#include <gtest/gtest.h>

#include "support/hex.h"

namespace erofs::decompress {
namespace {

using test::Bytes;
using test::hex;
using test::repeat;

TEST(ZstdBits, BeginBehindTheHighestBitOfTheLastByte) {
  const Bytes bytes = hex("c5 2b");
  ZstdBits bits;
  ASSERT_TRUE(bits.start(ByteView(bytes)));
  EXPECT_EQ(ZstdBits::top(bits.peek(), 5), 0x0BU);
  EXPECT_TRUE(bits.drop(5));
  EXPECT_EQ(ZstdBits::top(bits.peek(), 8), 0xC5U);
  EXPECT_FALSE(bits.drop(9));
  EXPECT_TRUE(bits.drop(8));
  EXPECT_TRUE(bits.empty());
  EXPECT_EQ(bits.peek(), 0U);
  EXPECT_TRUE(bits.drop(0));
  EXPECT_FALSE(bits.drop(1));
}

TEST(ZstdBits, NeedTheirMark) {
  ZstdBits bits;
  EXPECT_FALSE(bits.start(ByteView()));
  const Bytes none = hex("ff 00");
  EXPECT_FALSE(bits.start(ByteView(none)));
  const Bytes alone = hex("01");
  EXPECT_TRUE(bits.start(ByteView(alone)));
  EXPECT_TRUE(bits.empty());
}

// Every size of step, through words and the bytes before the first of them.
TEST(ZstdBits, AllBitsComeInOrder) {
  Bytes bytes;
  for (unsigned i = 0; i < 61; ++i) {
    bytes.push_back(static_cast<std::byte>(i * 37 + 11));
  }
  bytes.push_back(std::byte{1});
  for (unsigned step = 1; step <= kZstdPeek; ++step) {
    ZstdBits bits;
    ASSERT_TRUE(bits.start(ByteView(bytes)));
    std::size_t left = std::size_t{61} * 8;
    while (left >= step) {
      const std::uint64_t peeked = bits.peek();
      for (unsigned i = 0; i < step; ++i) {
        const std::size_t at = left - 1 - i;
        const auto bit =
            std::to_integer<unsigned>(bytes[at / 8]) >> at % 8 & 1U;
        ASSERT_EQ(peeked >> (63 - i) & 1U, bit) << step << ' ' << at;
      }
      ASSERT_TRUE(bits.drop(step));
      left -= step;
    }
    EXPECT_FALSE(bits.drop(step));
    EXPECT_TRUE(bits.drop(static_cast<unsigned>(left)));
    EXPECT_TRUE(bits.empty());
  }
}

}  // namespace
}  // namespace erofs::decompress
