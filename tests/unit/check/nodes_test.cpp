// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/nodes.h"

#include <gtest/gtest.h>

#include <set>

#include "format/rule_ids.gen.h"
#include "support/budgets.h"
#include "support/matchers.h"

namespace erofs::test {
namespace {

using check::NodeInfo;
using check::NodeTable;

TEST(NodeTable, RemembersWhatItWasTold) {
  NodeTable table;
  Budget budget = plenty();
  // Far more than the first slots, and nids with a pattern.
  for (std::uint64_t i = 0; i < 3000; ++i) {
    const auto found = table.at(i << 20, {}, budget);
    ASSERT_THAT(found, Succeeds());
    ASSERT_TRUE(found->fresh);
    EXPECT_EQ(found->info->nid, i << 20);
    found->info->ino = static_cast<std::uint32_t>(i);
  }
  EXPECT_EQ(table.size(), 3000U);
  for (std::uint64_t i = 0; i < 3000; ++i) {
    const auto found = table.at(i << 20, {}, budget);
    ASSERT_THAT(found, Succeeds());
    EXPECT_FALSE(found->fresh);
    EXPECT_EQ(found->info->ino, i);
  }
  EXPECT_EQ(table.size(), 3000U);
  std::set<std::uint64_t> all;
  table.each([&](const NodeInfo& info) { all.insert(info.nid); });
  EXPECT_EQ(all.size(), 3000U);
}

TEST(NodeTable, KnowsNidZero) {
  NodeTable table;
  Budget budget = plenty();
  ASSERT_TRUE(table.at(0, {}, budget)->fresh);
  EXPECT_FALSE(table.at(0, {}, budget)->fresh);
}

TEST(NodeTable, ChargesItsStorage) {
  NodeTable table;
  Budget budget({kUnlimited, 10000, 0, 0}, format::budget_rules());
  bool ended = false;
  for (std::uint64_t i = 0; i < 1000 && !ended; ++i) {
    const auto found = table.at(i, {}, budget);
    ended = !found.has_value();
    if (ended) {
      EXPECT_THAT(found, IsLimit(RuleId::limit_memory_reached));
    }
  }
  EXPECT_TRUE(ended);
  EXPECT_EQ(table.size() * sizeof(NodeInfo), 192 * sizeof(NodeInfo));
}

TEST(NodeTable, ChargesCollisions) {
  NodeTable table;
  Budget budget = with_work(2);
  bool ended = false;
  for (std::uint64_t i = 0; i < 100000 && !ended; ++i) {
    const auto found = table.at(i, {}, budget);
    ended = !found.has_value();
    if (ended) {
      EXPECT_THAT(found, IsLimit(RuleId::limit_work_reached));
    }
  }
  EXPECT_TRUE(ended);
}

}  // namespace
}  // namespace erofs::test
