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

}  // namespace
}  // namespace erofs::tree
