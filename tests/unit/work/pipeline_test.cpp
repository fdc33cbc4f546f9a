// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "work/pipeline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <vector>

namespace erofs::work {
namespace {

// Squares a number, and puts it where it is collected.
class Number : public Item {
 public:
  Number(int value, std::vector<int>& out) : value_(value), out_(out) {}

  void work() override { value_ *= value_; }
  void take() override { out_.push_back(value_); }

 private:
  int value_;
  std::vector<int>& out_;
};

std::vector<int> squares(unsigned jobs, int count) {
  int next = 0;
  std::vector<int> out;
  pipeline(jobs, 2 * jobs, [&]() -> std::unique_ptr<Item> {
    if (next == count) return nullptr;
    return std::make_unique<Number>(next++, out);
  });
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

class Counted : public Item {
 public:
  explicit Counted(std::atomic<int>& alive) : alive_(alive) {}

  void work() override {}
  void take() override { --alive_; }

 private:
  std::atomic<int>& alive_;
};

TEST(Pipeline, HoldsABoundedNumberOfItems) {
  std::atomic<int> alive{0};
  std::atomic<int> most{0};
  int next = 0;
  pipeline(4, 6, [&]() -> std::unique_ptr<Item> {
    if (next++ == 200) return nullptr;
    most = std::max(most.load(), ++alive);
    return std::make_unique<Counted>(alive);
  });
  EXPECT_LE(most, 6);
  EXPECT_EQ(alive, 0);
}

}  // namespace
}  // namespace erofs::work
