// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "compress/encoder.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "support/sample_text.h"

namespace erofs::compress {
namespace {

constexpr std::array<Method, 5> kMethods = {Method::kLz4, Method::kLz4hc,
                                            Method::kLzma, Method::kDeflate,
                                            Method::kZstd};

TEST(Encoder, FillsTheRoomItIsGiven) {
  const auto text = test::sample_text(200000);
  for (const Method method : kMethods) {
    const auto encoder = make_encoder({.method = method, .largest_out = 4096});
    ASSERT_NE(encoder, nullptr);
    std::vector<std::byte> room(4096);
    const Encoded got = encoder->fill(ByteView(text), MutableBytes(room));
    EXPECT_GT(got.taken, 8192U) << static_cast<int>(method);
    EXPECT_LE(got.made, room.size());
    EXPECT_GT(got.made, room.size() * 9 / 10) << static_cast<int>(method);
    // Leading zeros of a pcluster are padding: a stream begins otherwise.
    EXPECT_NE(room[0], std::byte{0}) << static_cast<int>(method);
  }
}

TEST(Encoder, TakesAllOfWhatFits) {
  const auto text = test::sample_text(3000);
  for (const Method method : kMethods) {
    const auto encoder = make_encoder({.method = method, .largest_out = 4096});
    std::vector<std::byte> room(4096);
    EXPECT_EQ(encoder->fill(ByteView(text), MutableBytes(room)).taken, 3000U);
  }
}

TEST(Encoder, ForgetsWithReset) {
  const auto text = test::sample_text(100000);
  const auto noise = test::sample_noise(100000);
  for (const Method method : kMethods) {
    const auto used = make_encoder({.method = method, .largest_out = 4096});
    const auto fresh = make_encoder({.method = method, .largest_out = 4096});
    std::vector<std::byte> one(4096);
    std::vector<std::byte> two(4096);
    (void)used->fill(ByteView(noise), MutableBytes(one));
    used->reset();
    one.assign(one.size(), std::byte{0});
    const auto first = used->fill(ByteView(text), MutableBytes(one));
    const auto second = fresh->fill(ByteView(text), MutableBytes(two));
    EXPECT_EQ(first.taken, second.taken);
    EXPECT_EQ(ByteView(one).head(first.made).text(),
              ByteView(two).head(second.made).text());
  }
}

TEST(Encoder, RefusesSettingsThatNoMethodHas) {
  EXPECT_EQ(complaint({.method = Method::kLz4}), nullptr);
  EXPECT_NE(complaint({.method = Method::kLz4, .level = 3}), nullptr);
  EXPECT_NE(complaint({.method = Method::kLz4hc, .level = 13}), nullptr);
  EXPECT_EQ(complaint({.method = Method::kLzma, .level = 109}), nullptr);
  EXPECT_NE(complaint({.method = Method::kLzma, .level = 50}), nullptr);
  EXPECT_NE(complaint({.method = Method::kZstd, .level = 23}), nullptr);
  EXPECT_NE(complaint({.method = Method::kZstd, .dictionary = 3000}), nullptr);
  EXPECT_NE(complaint({.method = Method::kLz4, .dictionary = 4096}), nullptr);
}

TEST(Encoder, ChoosesDictionariesByThePcluster) {
  EXPECT_EQ(settled({.method = Method::kZstd, .largest_out = 4096}).dictionary,
            32768U);
  EXPECT_EQ(
      settled({.method = Method::kZstd, .largest_out = 1U << 20}).dictionary,
      1U << 20);
  EXPECT_EQ(
      settled({.method = Method::kLzma, .largest_out = 1U << 20}).dictionary,
      4U << 20);
  EXPECT_EQ(settled({.method = Method::kLzma}).level, 6);
}

}  // namespace
}  // namespace erofs::compress
