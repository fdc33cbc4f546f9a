// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/advice.h"

#include <gtest/gtest.h>

#include "format/rules.gen.h"

namespace erofs::report {
namespace {

TEST(Advice, TellsWhichFlagHelps) {
  EXPECT_NE(advice("device.blob.present").find("--device"),
            std::string_view::npos);
  EXPECT_NE(advice("superblock.magic.equals").find("--offset"),
            std::string_view::npos);
}

TEST(Advice, ExistsForEveryLimitAndIo) {
  for (const auto& rule : format::rules()) {
    const bool wanted = rule.cls == format::RuleClass::kLimit ||
                        rule.cls == format::RuleClass::kIo ||
                        rule.cls == format::RuleClass::kUnsupported;
    EXPECT_TRUE(!wanted || !advice(rule.id).empty()) << rule.id;
  }
}

TEST(Advice, IsSilentOtherwise) {
  EXPECT_EQ(advice("directory.name.slash"), "");
  EXPECT_EQ(advice(""), "");
}

// An id that leaves the catalogue takes its advice with it.
TEST(Advice, NamesOnlyRulesThatExist) {
  std::size_t advised = 0;
  for (const auto& rule : format::rules()) {
    if (!advice(rule.id).empty()) ++advised;
  }
  EXPECT_EQ(advised, advice_count());
}

}  // namespace
}  // namespace erofs::report
