// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/text_line.h"

#include <gtest/gtest.h>

#include <sstream>

namespace erofs::tree {
namespace {

TEST(TextLine, AppendsLineAfterLine) {
  std::istringstream lines("a\n\nb");
  std::string text;
  EXPECT_EQ(append_line(lines, text), TextLine::kRead);
  EXPECT_EQ(text, "a");
  EXPECT_EQ(append_line(lines, text), TextLine::kRead);
  EXPECT_EQ(append_line(lines, text), TextLine::kRead);
  EXPECT_EQ(text, "ab");
  EXPECT_EQ(append_line(lines, text), TextLine::kEnd);
}

TEST(TextLine, HasAnEnd) {
  std::istringstream lines("12\n");
  std::string text(kTextLineMost - 1, 'x');
  EXPECT_EQ(append_line(lines, text), TextLine::kTooLong);
  EXPECT_EQ(text.size(), kTextLineMost);
}

}  // namespace
}  // namespace erofs::tree
