// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/owner_paths.h"

#include <gtest/gtest.h>

#include "support/budgets.h"
#include "support/check_image.h"
#include "support/matchers.h"

namespace erofs::test {
namespace {

TEST(OwnerPaths, TakesTheFirstPath) {
  const CheckImage image({directory({{"d", 1}, {"z", 2}}),
                          directory({{"a", 2}, {"b", 3}}), file("x"),
                          file("y")});
  const image::MemorySource source(view(image.bytes));
  Budget budget = plenty();
  const auto volume = read::Volume::open(source, {}, budget);
  ASSERT_TRUE(volume.has_value());
  check::OwnerPaths paths;
  ASSERT_THAT(paths.gather(**volume, budget), Succeeds());
  EXPECT_EQ(paths.of(image.nid(0)), "/");
  EXPECT_EQ(paths.of(image.nid(1)), "/d");
  EXPECT_EQ(paths.of(image.nid(2)), "/d/a");
  EXPECT_EQ(paths.of(image.nid(3)), "/d/b");
  EXPECT_EQ(paths.of(image.nid(3) + 1), "");
}

TEST(OwnerPaths, ChargesThem) {
  const CheckImage image({directory({{"d", 1}}), file("x")});
  const image::MemorySource source(view(image.bytes));
  Budget budget = plenty();
  const auto volume = read::Volume::open(source, {}, budget);
  ASSERT_TRUE(volume.has_value());
  check::OwnerPaths paths;
  Budget tight({kUnlimited, 10, kUnlimited, kUnlimited},
               format::budget_rules());
  EXPECT_THAT(paths.gather(**volume, tight),
              IsLimit(RuleId::limit_memory_reached));
}

}  // namespace
}  // namespace erofs::test
