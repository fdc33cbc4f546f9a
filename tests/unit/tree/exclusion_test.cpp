// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/exclusion.h"

#include <gtest/gtest.h>

namespace erofs::tree {
namespace {

TEST(Exclusion, HasPathsAndWhatMatches) {
  const auto some = Exclusion::of({"/a//b/", "./c"}, {"\\.o$", "^d/[0-9]+$"});
  ASSERT_TRUE(some);
  const Exclusion& out = **some;
  EXPECT_FALSE(out.empty());
  EXPECT_TRUE(out.has("a/b"));
  EXPECT_FALSE(out.has("a"));
  EXPECT_FALSE(out.has("a/b/c"));  // goes with a/b, but is not named
  EXPECT_TRUE(out.has("c"));
  EXPECT_TRUE(out.has("x/y.o"));
  EXPECT_TRUE(out.has("d/17"));
  EXPECT_FALSE(out.has("x/d/17"));
  EXPECT_TRUE((*Exclusion::of({}, {}))->empty());
}

TEST(Exclusion, SaysWhichRegexIsNone) {
  const auto none = Exclusion::of({}, {"fine", "("});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().where, "(");
}

}  // namespace
}  // namespace erofs::tree
