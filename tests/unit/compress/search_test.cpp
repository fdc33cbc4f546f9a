// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "compress/search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace erofs::compress {
namespace {

// An encoder that makes one byte of every three and a header of ten.
std::size_t third(ByteView in, MutableBytes out) {
  const std::size_t made = 10 + in.size() / 3;
  if (made > out.size()) return 0;
  std::fill_n(out.span().begin(), made, std::byte{1});
  return made;
}

TEST(Search, FindsNearlyAllThatFits) {
  const std::vector<std::byte> in(1U << 20);
  std::vector<std::byte> out(4096);
  Search search(~std::size_t{0});
  const Encoded got = search.fill(ByteView(in), MutableBytes(out), third);
  EXPECT_LE(got.made, out.size());
  EXPECT_GE(got.made, out.size() * 63 / 64);
  EXPECT_EQ(got.made, 10 + got.taken / 3);
}

TEST(Search, TriesFewTimes) {
  const std::vector<std::byte> in(8U << 20);
  std::vector<std::byte> out(4096);
  Search search(~std::size_t{0});
  std::size_t calls = 0;
  std::size_t longest = 0;
  const auto counting = [&](ByteView part, MutableBytes room) {
    ++calls;
    longest = std::max(longest, part.size());
    return third(part, room);
  };
  for (int i = 0; i < 10; ++i) {
    (void)search.fill(ByteView(in), MutableBytes(out), counting);
  }
  EXPECT_LE(calls, 20U);
  EXPECT_LE(longest, 32768U);  // no guess is far from what fits
}

TEST(Search, TakesNothingWhereNothingFits) {
  const std::vector<std::byte> in(1000);
  std::vector<std::byte> out(4096);
  Search search(~std::size_t{0});
  const auto never = [](ByteView, MutableBytes) { return std::size_t{0}; };
  EXPECT_EQ(search.fill(ByteView(in), MutableBytes(out), never).taken, 0U);
}

// Zeros teach it a ratio that the text behind them is far from.
TEST(Search, RecoversFromDataThatCompressedBetter) {
  const std::vector<std::byte> in(1U << 20);
  std::vector<std::byte> out(4096);
  Search search(~std::size_t{0});
  const auto hundredth = [](ByteView part, MutableBytes room) {
    const std::size_t made = 10 + part.size() / 200;
    return made > room.size() ? 0 : made;
  };
  EXPECT_GT(search.fill(ByteView(in), MutableBytes(out), hundredth).taken,
            700000U);
  const Encoded got = search.fill(ByteView(in), MutableBytes(out), third);
  EXPECT_GE(got.made, out.size() * 9 / 10);
}

TEST(Search, KeepsToTheLargestInput) {
  const std::vector<std::byte> in(5000);
  std::vector<std::byte> out(4096);
  Search search(600);
  EXPECT_EQ(search.fill(ByteView(in), MutableBytes(out), third).taken, 600U);
}

}  // namespace
}  // namespace erofs::compress
