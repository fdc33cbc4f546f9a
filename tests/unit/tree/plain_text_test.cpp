// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/plain_text.h"

#include <gtest/gtest.h>

#include <string>

#include "base/escape.h"

namespace erofs::tree {
namespace {

TEST(PlainText, UndoesWhatManifestsDo) {
  std::string bytes;
  for (int c = 0; c < 256; ++c) {
    bytes.push_back(static_cast<char>(c));
    EXPECT_EQ(unescape(escape(bytes)), bytes);
    EXPECT_EQ(unbase64(base64(bytes)), bytes);
  }
  EXPECT_EQ(unbase64(""), "");
}

TEST(PlainText, RefusesWhatIsNotEncoded) {
  for (const char* text : {"%", "%4", "%4g", "a%%41"}) {
    EXPECT_EQ(unescape(text), std::nullopt) << text;
  }
  for (const char* text : {"QQ", "QQ=", "Q===", "QQ?=", "QQ==QQ=="}) {
    EXPECT_EQ(unbase64(text), std::nullopt) << text;
  }
}

TEST(PlainText, KnowsWholeNumbers) {
  EXPECT_EQ(whole_number("0", 10, 0), 0U);
  EXPECT_EQ(whole_number("0777", 8, 0777), 0777U);
  EXPECT_EQ(whole_number("fF", 16, 255), 255U);
  EXPECT_EQ(whole_number("18446744073709551615", 10, ~std::uint64_t{0}),
            ~std::uint64_t{0});
  for (const char* bad : {"", "-1", "+1", " 1", "1 ", "8", "0x1", "1000"}) {
    EXPECT_EQ(whole_number(bad, 8, 077), std::nullopt) << bad;
  }
  EXPECT_EQ(whole_number("18446744073709551616", 10, ~std::uint64_t{0}),
            std::nullopt);
}

}  // namespace
}  // namespace erofs::tree
