// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "compress/zstd.h"

#include <gtest/gtest.h>
#include <zstd.h>

#include <vector>

#include "support/sample_text.h"

namespace erofs::compress {
namespace {

TEST(Zstd, EncodesAPrefixWithinItsWindow) {
  const auto text = test::sample_text(400000);
  const auto encoder =
      make_zstd({.method = Method::kZstd, .level = 3, .dictionary = 32768});
  ASSERT_NE(encoder, nullptr);
  std::vector<std::byte> room(65536);
  const Encoded got = encoder->fill(ByteView(text), MutableBytes(room));
  ASSERT_GT(got.taken, room.size());
  std::vector<std::byte> back(got.taken);
  ZSTD_DCtx* context = ZSTD_createDCtx();
  // Linux refuses frames of a wider window than the record tells it.
  ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, 15);
  ZSTD_inBuffer in{room.data(), got.made, 0};
  ZSTD_outBuffer out{back.data(), back.size(), 0};
  EXPECT_EQ(ZSTD_decompressStream(context, &out, &in), 0U);
  ZSTD_freeDCtx(context);
  EXPECT_EQ(out.pos, back.size());
  EXPECT_EQ(ByteView(back).text(), ByteView(text).head(got.taken).text());
}

TEST(Zstd, RefusesAWindowTheLibraryLacks) {
  EXPECT_EQ(make_zstd({.method = Method::kZstd, .level = 3, .dictionary = 2}),
            nullptr);
}

}  // namespace
}  // namespace erofs::compress
