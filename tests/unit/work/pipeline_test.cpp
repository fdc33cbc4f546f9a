// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "work/pipeline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <vector>

namespace erofs::work {
namespace {

struct Number : Item {
  int value = 0;
};

std::vector<int> squares(unsigned jobs, int count) {
  int next = 0;
  std::vector<int> out;
  Stages stages;
  stages.next = [&]() -> std::unique_ptr<Item> {
    if (next == count) return nullptr;
    auto item = std::make_unique<Number>();
    item->value = next++;
    return item;
  };
  stages.work = [](Item& item) {
    auto& number = static_cast<Number&>(item);
    number.value *= number.value;
  };
  stages.take = [&](Item& item) {
    out.push_back(static_cast<Number&>(item).value);
  };
  pipeline(jobs, 2 * jobs, stages);
  return out;
}

TEST(Pipeline, TakesInOrder) {
  for (const unsigned jobs : {1U, 2U, 8U}) {
    const std::vector<int> out = squares(jobs, 1000);
    ASSERT_EQ(out.size(), 1000U);
    for (int i = 0; i < 1000; ++i) {
      ASSERT_EQ(out[static_cast<std::size_t>(i)], i * i);
    }
  }
}

TEST(Pipeline, MayHaveNothingToDo) {
  EXPECT_TRUE(squares(1, 0).empty());
  EXPECT_TRUE(squares(4, 0).empty());
}

TEST(Pipeline, HoldsABoundedNumberOfItems) {
  std::atomic<int> alive{0};
  std::atomic<int> most{0};
  int next = 0;
  Stages stages;
  stages.next = [&]() -> std::unique_ptr<Item> {
    if (next++ == 200) return nullptr;
    most = std::max(most.load(), ++alive);
    return std::make_unique<Item>();
  };
  stages.work = [](Item&) {};
  stages.take = [&](Item&) { --alive; };
  pipeline(4, 6, stages);
  EXPECT_LE(most, 6);
  EXPECT_EQ(alive, 0);
}

}  // namespace
}  // namespace erofs::work
