// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/job_budget.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "support/budgets.h"
#include "support/matchers.h"

namespace erofs::extract {
namespace {

using test::Succeeds;

TEST(JobBudgets, GrantWhatTheWalkHasCharged) {
  JobBudgets budgets({1000, 1000, 10, 50});
  Budget job = budgets.make(200);
  EXPECT_THAT(job.output(200, {}), Succeeds());
  EXPECT_THAT(job.work(1000, {}), Succeeds());
  EXPECT_THAT(job.work(1, {}), test::IsLimit(RuleId::limit_work_reached));
}

TEST(JobBudgets, ChargeTheWalkForTheRest) {
  JobBudgets budgets({1000, 1000, 10, 50});
  Budget job = budgets.make(200);
  ASSERT_THAT(job.work(30, {}), Succeeds());
  ASSERT_THAT(job.output(200 + 16 * 5, {}), Succeeds());
  budgets.add(job, 200);
  Budget walk({1000, 1000, 10, 50}, format::budget_rules());
  ASSERT_THAT(budgets.charge(walk, {}), Succeeds());
  EXPECT_EQ(walk.work_spent(), 35U);
  ASSERT_THAT(budgets.charge(walk, {}), Succeeds());
  EXPECT_EQ(walk.work_spent(), 35U) << "once";
}

TEST(JobBudgets, EndWhereTheWorkOfAllIsTooMuch) {
  JobBudgets budgets({100, 1000, 10, 50});
  Budget walk({100, 1000, 10, 50}, format::budget_rules());
  for (int i = 0; i < 3; ++i) {
    Budget job = budgets.make(0);
    ASSERT_THAT(job.work(40, {}), Succeeds());
    budgets.add(job, 0);
    EXPECT_EQ(budgets.left({}).has_value(), i < 2);
  }
  EXPECT_THAT(budgets.charge(walk, {}),
              test::IsLimit(RuleId::limit_work_reached));
}

}  // namespace
}  // namespace erofs::extract
