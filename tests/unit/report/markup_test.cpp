// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/markup.h"

#include <gtest/gtest.h>

namespace erofs::report {
namespace {

const std::string kNone = "\xef\xbf\xbd";

TEST(Markup, NamesWhatWouldBeMarkup) {
  EXPECT_EQ(markup("<a href=\"x\">&'"),
            "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
  EXPECT_EQ(markup("]]>"), "]]&gt;");
}

TEST(Markup, KeepsCharactersOfEachLength) {
  const std::string text = "a\n\t\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80";
  EXPECT_EQ(markup(text), text);
  EXPECT_EQ(markup(""), "");
}

TEST(Markup, ReplacesWhatIsNoCharacter) {
  EXPECT_EQ(markup(std::string("\0\x1b\r\x7f", 4)),
            kNone + kNone + kNone + kNone);
  EXPECT_EQ(markup("\xef\xbf\xbf"), kNone + kNone + kNone);
  EXPECT_EQ(markup("\xed\xa0\x80"), kNone + kNone + kNone);
}

TEST(Markup, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(markup("a\xff"), "a" + kNone);
  EXPECT_EQ(markup("\x80"), kNone);
  EXPECT_EQ(markup("\xc3"), kNone);
  EXPECT_EQ(markup("\xc3<"), kNone + "&lt;");
  EXPECT_EQ(markup("\xc0\xbc"), kNone + kNone);  // "<", too long
  EXPECT_EQ(markup("\xe0\x80\xbc"), kNone + kNone + kNone);
  EXPECT_EQ(markup("\xf4\x90\x80\x80"), kNone + kNone + kNone + kNone);
}

}  // namespace
}  // namespace erofs::report
