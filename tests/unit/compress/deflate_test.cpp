// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "compress/deflate.h"

#include <gtest/gtest.h>
#include <libdeflate.h>

#include <vector>

#include "support/sample_text.h"

namespace erofs::compress {
namespace {

void expect_prefix(const std::vector<std::byte>& data, std::size_t room_size) {
  const auto encoder = make_deflate({.method = Method::kDeflate, .level = 1});
  ASSERT_NE(encoder, nullptr);
  std::vector<std::byte> room(room_size);
  const Encoded got = encoder->fill(ByteView(data), MutableBytes(room));
  ASSERT_GT(got.taken, 0U);
  EXPECT_NE(room[0], std::byte{0});
  std::vector<std::byte> back(got.taken);
  libdeflate_decompressor* reader = libdeflate_alloc_decompressor();
  std::size_t length = 0;
  EXPECT_EQ(libdeflate_deflate_decompress(reader, room.data(), got.made,
                                          back.data(), back.size(), &length),
            LIBDEFLATE_SUCCESS);
  libdeflate_free_decompressor(reader);
  EXPECT_EQ(length, got.taken);
  EXPECT_EQ(ByteView(back).text(), ByteView(data).head(got.taken).text());
}

TEST(Deflate, EncodesAPrefix) {
  expect_prefix(test::sample_text(100000), 4096);
  expect_prefix(test::sample_text(900), 4096);
}

// Stored blocks begin with a byte that may be zero.
TEST(Deflate, BeginsWithAByteThatIsNoPadding) {
  expect_prefix(test::sample_noise(200000), 131072);
}

TEST(Deflate, RefusesALevelTheLibraryLacks) {
  EXPECT_EQ(make_deflate({.method = Method::kDeflate, .level = 13}), nullptr);
}

}  // namespace
}  // namespace erofs::compress
