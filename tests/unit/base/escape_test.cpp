// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "base/escape.h"

#include <gtest/gtest.h>

namespace erofs {
namespace {

TEST(Escape, LeavesPlainNamesAlone) {
  EXPECT_EQ(escape(""), "");
  EXPECT_EQ(escape("/usr/share/doc-1.2_3~"), "/usr/share/doc-1.2_3~");
  EXPECT_EQ(escape("!#$&'()*+,-./:;<=>?@[]^_`{|}~"),
            "!#$&'()*+,-./:;<=>?@[]^_`{|}~");
}

TEST(Escape, EncodesWhatWouldBreakALine) {
  EXPECT_EQ(escape("a b"), "a%20b");
  EXPECT_EQ(escape("%\"\\"), "%25%22%5C");
  EXPECT_EQ(escape("\n\t"), "%0A%09");
  EXPECT_EQ(escape(std::string_view("\0", 1)), "%00");
}

TEST(Escape, EncodesEveryByteOutsideAscii) {
  EXPECT_EQ(escape("\x7e\x7f\x80\xff"), "~%7F%80%FF");
  EXPECT_EQ(escape("\xc3\xa4"), "%C3%A4");
}

TEST(Escape, EveryByteIsPlainOrThreeCharacters) {
  int plain = 0;
  for (int byte = 0; byte < 256; ++byte) {
    const std::string raw(1, static_cast<char>(byte));
    const std::string text = escape(raw);
    if (text == raw) {
      ++plain;
      EXPECT_GT(byte, 0x20);
      EXPECT_LT(byte, 0x7f);
    } else {
      EXPECT_EQ(text.size(), 3U) << byte;
      EXPECT_EQ(std::stoi(text.substr(1), nullptr, 16), byte);
    }
  }
  EXPECT_EQ(plain, 0x7e - 0x21 + 1 - 3);
}

// RFC 4648, 10.
TEST(Base64, KnownValues) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foob"), "Zm9vYg==");
  EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

TEST(Base64, HighBytesAndTheLastDigits) {
  EXPECT_EQ(base64("\xff\xff\xff"), "////");
  EXPECT_EQ(base64("\xfb\xef\xbe"), "++++");
  EXPECT_EQ(base64(std::string_view("\0\0", 2)), "AAA=");
  EXPECT_EQ(base64("\xff"), "/w==");
}

}  // namespace
}  // namespace erofs
