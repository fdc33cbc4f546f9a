// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/hard_links.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "support/budgets.h"
#include "support/matchers.h"

namespace erofs::extract {
namespace {

using test::Succeeds;

TEST(HardLinks, NamesTheFirstOfSeveral) {
  Budget budget = test::plenty();
  HardLinks links;
  EXPECT_FALSE(links.find(7).has_value());
  ASSERT_THAT(links.add(7, 3, "/d", "one", {}, budget), Succeeds());
  for (int i = 0; i < 2; ++i) {
    const auto first = links.find(7);
    ASSERT_TRUE(first.has_value());
    EXPECT_EQ(first->folder, "/d");
    EXPECT_EQ(first->name, "one");
  }
  EXPECT_FALSE(links.find(7).has_value()) << "all three names came";
}

TEST(HardLinks, KeepsFilesApart) {
  Budget budget = test::plenty();
  HardLinks links;
  ASSERT_THAT(links.add(1, 2, "/a", "x", {}, budget), Succeeds());
  ASSERT_THAT(links.add(2, 2, "/a", "y", {}, budget), Succeeds());
  ASSERT_THAT(links.add(3, 2, "/b", "z", {}, budget), Succeeds());
  EXPECT_EQ(links.find(2)->name, "y");
  EXPECT_EQ(links.find(3)->folder, "/b");
  EXPECT_EQ(links.find(1)->folder, "/a");
}

TEST(HardLinks, ForgetsWhatIsFull) {
  Budget budget = test::plenty();
  HardLinks links;
  ASSERT_THAT(links.add(1, 9, "/a", "x", {}, budget), Succeeds());
  links.forget(1);
  EXPECT_FALSE(links.find(1).has_value());
}

TEST(HardLinks, ChargesADirectoryOnceForNamesInARow) {
  Budget budget = test::plenty();
  HardLinks links;
  const std::string folder(1000, 'f');
  ASSERT_THAT(links.add(1, 2, folder, "x", {}, budget), Succeeds());
  const auto first = budget.memory_peak();
  ASSERT_THAT(links.add(2, 2, folder, "y", {}, budget), Succeeds());
  EXPECT_GT(first, 1000U);
  EXPECT_LT(budget.memory_peak() - first, 200U);
}

TEST(HardLinks, StopsWhereMemoryEnds) {
  Budget budget({0, 10, 0, 0}, format::budget_rules());
  HardLinks links;
  EXPECT_THAT(links.add(1, 2, "/", "x", {}, budget),
              test::IsLimit(RuleId::limit_memory_reached));
}

}  // namespace
}  // namespace erofs::extract
