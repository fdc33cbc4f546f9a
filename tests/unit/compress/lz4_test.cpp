// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "compress/lz4.h"

#include <gtest/gtest.h>
#include <lz4.h>

#include <vector>

#include "support/sample_text.h"

namespace erofs::compress {
namespace {

void expect_prefix(Encoder& encoder) {
  const auto text = test::sample_text(60000);
  std::vector<std::byte> room(4096);
  const Encoded got = encoder.fill(ByteView(text), MutableBytes(room));
  std::vector<char> back(got.taken);
  const int length = LZ4_decompress_safe(
      ByteView(room).text().data(), back.data(), static_cast<int>(got.made),
      static_cast<int>(back.size()));
  ASSERT_EQ(length, static_cast<int>(got.taken));
  EXPECT_EQ(std::string_view(back.data(), back.size()),
            ByteView(text).head(got.taken).text());
}

TEST(Lz4, EncodesAPrefix) {
  expect_prefix(*make_lz4());
  expect_prefix(*make_lz4hc(9));
}

TEST(Lz4, TakesMoreWithMoreEffort) {
  const auto text = test::sample_text(60000);
  std::vector<std::byte> room(4096);
  const auto fast = make_lz4()->fill(ByteView(text), MutableBytes(room));
  const auto small = make_lz4hc(12)->fill(ByteView(text), MutableBytes(room));
  EXPECT_GT(small.taken, fast.taken);
}

TEST(Lz4, TakesNothingWhereNothingFits) {
  const auto noise = test::sample_noise(5000);
  std::vector<std::byte> room(4096);
  const auto got = make_lz4()->fill(ByteView(noise), MutableBytes(room));
  EXPECT_LT(got.taken, 4096U);
}

}  // namespace
}  // namespace erofs::compress
