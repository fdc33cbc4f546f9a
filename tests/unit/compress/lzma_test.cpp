// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "compress/lzma.h"

#include <gtest/gtest.h>
#include <lzma.h>

#include <vector>

#include "support/sample_text.h"

namespace erofs::compress {
namespace {

TEST(Lzma, EncodesAPrefix) {
  const auto text = test::sample_text(200000);
  const auto encoder =
      make_lzma({.method = Method::kLzma, .level = 6, .dictionary = 32768});
  ASSERT_NE(encoder, nullptr);
  std::vector<std::byte> room(4096);
  const Encoded got = encoder->fill(ByteView(text), MutableBytes(room));
  ASSERT_GT(got.taken, 4096U);
  std::vector<std::byte> back(got.taken);
  lzma_stream stream = LZMA_STREAM_INIT;
  ASSERT_EQ(lzma_microlzma_decoder(&stream, got.made, got.taken, true, 32768),
            LZMA_OK);
  stream.next_in =
      static_cast<const std::uint8_t*>(static_cast<const void*>(room.data()));
  stream.avail_in = got.made;
  stream.next_out = static_cast<std::uint8_t*>(static_cast<void*>(back.data()));
  stream.avail_out = back.size();
  EXPECT_EQ(lzma_code(&stream, LZMA_FINISH), LZMA_STREAM_END);
  lzma_end(&stream);
  EXPECT_EQ(ByteView(back).text(), ByteView(text).head(got.taken).text());
}

TEST(Lzma, RefusesALevelTheLibraryLacks) {
  EXPECT_EQ(
      make_lzma({.method = Method::kLzma, .level = 12, .dictionary = 32768}),
      nullptr);
}

}  // namespace
}  // namespace erofs::compress
