// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/shared_digests.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "format/rule_ids.gen.h"
#include "support/budgets.h"
#include "support/matchers.h"

namespace erofs::extract {
namespace {

using test::Succeeds;

TEST(SharedDigest, IsMadeOnce) {
  SharedDigest digest;
  int made = 0;
  const auto make = [&]() -> Result<std::string> {
    if (++made == 1) return io_fault({}, EIO);
    return std::string("text");
  };
  EXPECT_THAT(digest.get(make), test::IsIo(0, EIO));
  EXPECT_EQ(digest.get(make), "text") << "a fault is not kept";
  EXPECT_EQ(digest.get(make), "text");
  EXPECT_EQ(made, 2);
}

TEST(SharedDigests, KnowAnInodeUntilItsLastName) {
  Budget budget = test::plenty();
  SharedDigests digests;
  const auto first = digests.find(7, 2, {}, budget);
  const auto other = digests.find(8, 2, {}, budget);
  const auto second = digests.find(7, 2, {}, budget);
  const auto third = digests.find(7, 2, {}, budget);
  ASSERT_THAT(third, Succeeds());
  EXPECT_TRUE(first->first);
  EXPECT_FALSE(second->first);
  EXPECT_EQ(first->digest, second->digest);
  EXPECT_NE(first->digest, other->digest);
  EXPECT_TRUE(third->first) << "more names than the inode says";
}

TEST(SharedDigests, StopWhereMemoryEnds) {
  Budget budget({0, 300, 0, 0}, format::budget_rules());
  SharedDigests digests;
  ASSERT_THAT(digests.find(1, 2, {}, budget), Succeeds());
  EXPECT_THAT(digests.find(2, 2, {}, budget),
              test::IsLimit(RuleId::limit_memory_reached));
  ASSERT_THAT(digests.find(1, 2, {}, budget), Succeeds());
  EXPECT_THAT(digests.find(2, 2, {}, budget), Succeeds()) << "given back";
}

}  // namespace
}  // namespace erofs::extract
