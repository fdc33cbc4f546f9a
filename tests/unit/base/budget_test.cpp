// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "base/budget.h"

#include <gtest/gtest.h>

#include <limits>

#include "support/matchers.h"

namespace erofs {
namespace {

using test::FaultsWith;
using test::Succeeds;

constexpr RuleId kWork{11};
constexpr RuleId kMemory{12};
constexpr RuleId kDepth{13};
constexpr RuleId kOutput{14};
constexpr RuleId kTime{15};
constexpr Place kWhere{3, 4096};
constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();

Budget make(std::uint64_t limit) {
  return Budget({limit, limit, limit, limit},
                {kWork, kMemory, kDepth, kOutput, kTime});
}

Fault reached(RuleId rule, std::uint64_t limit) {
  return {FaultKind::kLimit, rule, kWhere, limit};
}

TEST(Budget, WorkMayBeSpentToTheLastUnit) {
  Budget budget = make(10);
  EXPECT_THAT(budget.work(4, kWhere), Succeeds());
  EXPECT_THAT(budget.work(6, kWhere), Succeeds());
  EXPECT_THAT(budget.work(0, kWhere), Succeeds());
  EXPECT_THAT(budget.work(1, kWhere), FaultsWith(reached(kWork, 10)));
  EXPECT_EQ(budget.work_spent(), 10U);
}

TEST(Budget, RefusedWorkIsNotSpent) {
  Budget budget = make(10);
  EXPECT_THAT(budget.work(11, kWhere), FaultsWith(reached(kWork, 10)));
  EXPECT_EQ(budget.work_spent(), 0U);
  EXPECT_THAT(budget.work(10, kWhere), Succeeds());
}

TEST(Budget, SumsThatPass64BitsAreRefused) {
  Budget budget = make(kMax);
  EXPECT_THAT(budget.work(2, kWhere), Succeeds());
  EXPECT_THAT(budget.work(kMax, kWhere), FaultsWith(reached(kWork, kMax)));
  EXPECT_THAT(budget.work(kMax - 2, kWhere), Succeeds());
  EXPECT_THAT(budget.work(1, kWhere), FaultsWith(reached(kWork, kMax)));
}

TEST(Budget, OutputHasItsOwnAccount) {
  Budget budget = make(10);
  EXPECT_THAT(budget.work(10, kWhere), Succeeds());
  EXPECT_THAT(budget.output(10, kWhere), Succeeds());
  EXPECT_THAT(budget.output(1, kWhere), FaultsWith(reached(kOutput, 10)));
}

TEST(Budget, MemoryThatIsGivenBackCountsNoMore) {
  Budget budget = make(10);
  EXPECT_THAT(budget.memory(8, kWhere), Succeeds());
  EXPECT_THAT(budget.memory(3, kWhere), FaultsWith(reached(kMemory, 10)));
  budget.release_memory(5);
  EXPECT_THAT(budget.memory(3, kWhere), Succeeds());
  EXPECT_EQ(budget.memory_peak(), 8U);
  EXPECT_THAT(budget.memory(4, kWhere), Succeeds());
  EXPECT_EQ(budget.memory_peak(), 10U);
}

TEST(Budget, MoreMemoryThanWasTakenCannotBeGivenBack) {
  Budget budget = make(10);
  EXPECT_THAT(budget.memory(2, kWhere), Succeeds());
  budget.release_memory(3);
  EXPECT_THAT(budget.memory(10, kWhere), Succeeds());
  EXPECT_THAT(budget.memory(1, kWhere), FaultsWith(reached(kMemory, 10)));
}

TEST(Budget, DepthIsComparedAndNotAddedUp) {
  const Budget budget = make(10);
  EXPECT_THAT(budget.depth(10, kWhere), Succeeds());
  EXPECT_THAT(budget.depth(10, kWhere), Succeeds());
  EXPECT_THAT(budget.depth(11, kWhere), FaultsWith(reached(kDepth, 10)));
}

TEST(Budget, GrantsNothingMoreOnceTheTimeIsOver) {
  Deadline deadline(2500);
  Budget budget({kMax, kMax, kMax, kMax, &deadline},
                {kWork, kMemory, kDepth, kOutput, kTime});
  EXPECT_THAT(budget.work(1, kWhere), Succeeds());
  EXPECT_THAT(budget.output(1, kWhere), Succeeds());
  deadline.pass();
  EXPECT_THAT(budget.work(0, kWhere), FaultsWith(reached(kTime, 2500)));
  EXPECT_THAT(budget.output(0, kWhere), FaultsWith(reached(kTime, 2500)));
  EXPECT_EQ(budget.work_spent(), 1U);
  EXPECT_EQ(budget.output_spent(), 1U);
}

TEST(Budget, KeepsTheLimitsItWasGiven) {
  const Budget budget({1, 2, 3, 4}, {});
  EXPECT_EQ(budget.limits().work, 1U);
  EXPECT_EQ(budget.limits().memory, 2U);
  EXPECT_EQ(budget.limits().depth, 3U);
  EXPECT_EQ(budget.limits().output, 4U);
}

}  // namespace
}  // namespace erofs
