// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "format/rules.gen.h"

#include <gtest/gtest.h>

#include <set>

namespace erofs::format {
namespace {

TEST(Rules, EveryIdLeadsToItsRowAndBack) {
  ASSERT_EQ(rules().size(), kRuleCount);
  std::set<std::string_view> seen;
  for (const RuleInfo& info : rules()) {
    EXPECT_TRUE(seen.insert(info.id).second) << info.id;
    const auto id = find_rule(info.id);
    ASSERT_TRUE(id) << info.id;
    EXPECT_EQ(&rule(*id), &info) << info.id;
  }
}

TEST(Rules, EveryRowExplainsItself) {
  for (const RuleInfo& info : rules()) {
    EXPECT_FALSE(info.says.empty()) << info.id;
    EXPECT_FALSE(info.why.empty()) << info.id;
    EXPECT_FALSE(info.source.empty()) << info.id;
    EXPECT_FALSE(info.section.empty()) << info.id;
  }
}

TEST(Rules, WhatIsNoRuleHasNoRow) {
  EXPECT_EQ(find_rule(""), std::nullopt);
  EXPECT_EQ(find_rule("superblock.magic"), std::nullopt);
  EXPECT_EQ(rule(RuleId::none).id, "");
  EXPECT_EQ(rule(RuleId{0xFFFF}).id, "");
}

TEST(Rules, ClassesAreNamed) {
  EXPECT_EQ(class_name(RuleClass::kMalformed), "malformed");
  EXPECT_EQ(class_name(RuleClass::kInvalid), "invalid");
  EXPECT_EQ(class_name(RuleClass::kAdvisory), "advisory");
  EXPECT_EQ(class_name(RuleClass::kUnsupported), "unsupported");
  EXPECT_EQ(class_name(RuleClass::kLimit), "limit");
  EXPECT_EQ(class_name(RuleClass::kIo), "io");
}

}  // namespace
}  // namespace erofs::format
