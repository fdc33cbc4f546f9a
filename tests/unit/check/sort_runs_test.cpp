// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/sort_runs.h"

#include <gtest/gtest.h>

#include <numeric>
#include <random>
#include <utility>

namespace erofs::test {
namespace {

using Items = std::vector<unsigned>;

Items sorted(Items items) {
  check::sort_runs(items, [](unsigned a, unsigned b) { return a < b; });
  return items;
}

Items counted(unsigned size) {
  Items items(size);
  std::iota(items.begin(), items.end(), 0U);
  return items;
}

TEST(SortRuns, NothingOneAndTwo) {
  EXPECT_EQ(sorted({}), Items{});
  EXPECT_EQ(sorted({7}), Items{7});
  EXPECT_EQ(sorted({7, 3}), (Items{3, 7}));
}

// Whatever the number of runs is: one, a power of two, odd, too many.
TEST(SortRuns, RunsOfEveryNumber) {
  constexpr unsigned kSize = 1000;
  for (unsigned runs = 1; runs <= kSize; ++runs) {
    Items items;
    for (unsigned first = 0; first < runs; ++first) {
      for (unsigned i = runs - 1 - first; i < kSize; i += runs) {
        items.push_back(i);
      }
    }
    ASSERT_EQ(sorted(items), counted(kSize)) << runs;
  }
}

TEST(SortRuns, WhatIsInNoOrder) {
  std::mt19937 random(1);
  Items items = counted(5000);
  std::shuffle(items.begin(), items.end(), random);
  EXPECT_EQ(sorted(items), counted(5000));
}

// Those that are equal stay all.
TEST(SortRuns, EqualOnes) {
  Items items(100, 2);
  items.resize(200, 1);
  items.resize(300, 2);
  Items wanted(100, 1);
  wanted.resize(300, 2);
  EXPECT_EQ(sorted(std::move(items)), wanted);
}

}  // namespace
}  // namespace erofs::test
