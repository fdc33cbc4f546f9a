// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/zstd_frame.h"

#include <gtest/gtest.h>

#include "support/hex.h"

namespace erofs::decompress {
namespace {

using test::Bytes;
using test::hex;

ZstdFrame frame(std::string_view text) {
  const Bytes bytes = hex(text);
  return zstd_frame(ByteView(bytes));
}

TEST(ZstdFrame, WindowDescriptor) {
  const ZstdFrame plain = frame("28b52ffd 00 00");
  EXPECT_EQ(plain.outcome, Outcome::kDone);
  EXPECT_EQ(plain.window, 1024U);
  EXPECT_FALSE(plain.content.has_value());
  EXPECT_EQ(plain.dictionary, 0U);
  EXPECT_EQ(frame("28b52ffd 00 57").window, (1U << 20) / 8 * 15);
}

TEST(ZstdFrame, ContentSizes) {
  const ZstdFrame one = frame("28b52ffd 20 05");
  EXPECT_EQ(one.content, 5U);
  EXPECT_EQ(one.window, 5U);
  EXPECT_EQ(frame("28b52ffd 60 0000").content, 256U);
  EXPECT_EQ(frame("28b52ffd 80 58 00000100").content, 65536U);
  EXPECT_EQ(frame("28b52ffd 80 58 00000100").window, 2U << 20);
  EXPECT_EQ(frame("28b52ffd e0 0000000000000001").content, 1ULL << 56);
}

TEST(ZstdFrame, Dictionaries) {
  EXPECT_EQ(frame("28b52ffd 01 00 07").dictionary, 7U);
  EXPECT_EQ(frame("28b52ffd 02 00 0701").dictionary, 0x107U);
  EXPECT_EQ(frame("28b52ffd 03 00 07010000").dictionary, 0x107U);
}

TEST(ZstdFrame, Refused) {
  EXPECT_EQ(frame("502a4d18 00").outcome, Outcome::kFrame);
  EXPECT_EQ(frame("5f2a4d18 00").outcome, Outcome::kFrame);
  EXPECT_EQ(frame("29b52ffd 20 05").outcome, Outcome::kCorrupt);
  EXPECT_EQ(frame("28b52ffd 28 05").outcome, Outcome::kCorrupt);
}

TEST(ZstdFrame, CutOff) {
  for (const char* text :
       {"", "28b52f", "28b52ffd", "28b52ffd 00", "28b52ffd 01 00",
        "28b52ffd 20", "28b52ffd e0 00000000000000"}) {
    EXPECT_EQ(frame(text).outcome, Outcome::kShort) << text;
  }
}

}  // namespace
}  // namespace erofs::decompress
