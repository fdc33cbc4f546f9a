// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "format/budget_rules.h"

#include <gtest/gtest.h>

#include <string_view>

#include "format/rules.gen.h"

namespace erofs::format {
namespace {

void expect_limit(RuleId id, std::string_view name) {
  EXPECT_EQ(rule(id).id, name);
  EXPECT_EQ(rule(id).cls, RuleClass::kLimit) << name;
}

TEST(BudgetRules, NameEachLimit) {
  expect_limit(budget_rules().work, "limit.work.reached");
  expect_limit(budget_rules().memory, "limit.memory.reached");
  expect_limit(budget_rules().depth, "limit.depth.reached");
  expect_limit(budget_rules().output, "limit.output.reached");
  expect_limit(budget_rules().time, "limit.time.reached");
}

}  // namespace
}  // namespace erofs::format
