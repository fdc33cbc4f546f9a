// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/directory_guard.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "support/budgets.h"
#include "support/matchers.h"

namespace erofs::read {
namespace {

using test::IsLimit;
using test::IsMalformed;
using test::Succeeds;

constexpr Place kEntry{Place::kPrimary, 77};

TEST(DirectoryGuard, OneParent) {
  DirectoryGuard guard;
  Budget budget = test::plenty();
  EXPECT_THAT(guard.enter(1, kEntry, budget), Succeeds());
  EXPECT_THAT(guard.enter(2, kEntry, budget), Succeeds());
  guard.leave(2);
  EXPECT_THAT(guard.enter(2, kEntry, budget),
              IsMalformed(RuleId::tree_directory_one_parent, 77, 2));
}

TEST(DirectoryGuard, NoCycles) {
  DirectoryGuard guard;
  Budget budget = test::plenty();
  EXPECT_THAT(guard.enter(1, kEntry, budget), Succeeds());
  EXPECT_THAT(guard.enter(1, kEntry, budget),
              IsMalformed(RuleId::tree_directory_acyclic, 77, 1));
  EXPECT_THAT(guard.enter(2, kEntry, budget), Succeeds());
  EXPECT_THAT(guard.enter(1, kEntry, budget),
              IsMalformed(RuleId::tree_directory_acyclic, 77, 1));
}

TEST(DirectoryGuard, MemoryIsChargedAndGivenBack) {
  DirectoryGuard guard;
  Budget budget({0, 130, 0, 0}, format::budget_rules());
  EXPECT_THAT(guard.enter(1, kEntry, budget), Succeeds());
  EXPECT_THAT(guard.enter(2, kEntry, budget), Succeeds());
  EXPECT_THAT(guard.enter(3, kEntry, budget),
              IsLimit(RuleId::limit_memory_reached));
  guard.clear(budget);
  EXPECT_THAT(budget.memory(130, kEntry), Succeeds());
  budget.release_memory(130);
  EXPECT_THAT(guard.enter(1, kEntry, budget), Succeeds());
}

}  // namespace
}  // namespace erofs::read
