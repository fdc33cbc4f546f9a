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
  constexpr std::uint64_t kMost = 1000;
  DirectoryGuard guard;
  Budget budget({0, kMost, 0, 0}, format::budget_rules());
  std::uint64_t entered = 0;
  Status last;
  while (last && entered < kMost) {
    last = guard.enter(entered, kEntry, budget);
    if (last) ++entered;
  }
  EXPECT_THAT(last, IsLimit(RuleId::limit_memory_reached));
  // A nid is kept in two containers.
  EXPECT_LE(entered, kMost / 32);
  EXPECT_GE(entered, 5U);
  guard.clear(budget);
  EXPECT_THAT(budget.memory(kMost, kEntry), Succeeds());
  budget.release_memory(kMost);
  EXPECT_THAT(guard.enter(0, kEntry, budget), Succeeds());
}

}  // namespace
}  // namespace erofs::read
