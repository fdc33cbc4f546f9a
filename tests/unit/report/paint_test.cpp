// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/paint.h"

#include <gtest/gtest.h>

namespace erofs::report {
namespace {

TEST(Paint, LeavesTextAloneWhereOff) {
  EXPECT_EQ(Paint(false)(Ink::kRed, "bad"), "bad");
}

TEST(Paint, WrapsTextInEscapesAndEndsThem) {
  EXPECT_EQ(Paint(true)(Ink::kRed, "bad"), "\033[1;31mbad\033[0m");
  EXPECT_EQ(Paint(true)(Ink::kGreen, "x"), "\033[1;32mx\033[0m");
  EXPECT_EQ(Paint(true)(Ink::kYellow, "x"), "\033[1;33mx\033[0m");
  EXPECT_EQ(Paint(true)(Ink::kBlue, "x"), "\033[1;34mx\033[0m");
  EXPECT_EQ(Paint(true)(Ink::kBold, "x"), "\033[1mx\033[0m");
  EXPECT_EQ(Paint(true)(Ink::kFaint, "x"), "\033[2mx\033[0m");
}

TEST(ClassInk, IsRedWhereTheImageBreaksARule) {
  EXPECT_EQ(class_ink(format::RuleClass::kMalformed), Ink::kRed);
  EXPECT_EQ(class_ink(format::RuleClass::kInvalid), Ink::kRed);
  EXPECT_EQ(class_ink(format::RuleClass::kAdvisory), Ink::kBlue);
  EXPECT_EQ(class_ink(format::RuleClass::kLimit), Ink::kYellow);
  EXPECT_EQ(class_ink(format::RuleClass::kIo), Ink::kYellow);
}

}  // namespace
}  // namespace erofs::report
