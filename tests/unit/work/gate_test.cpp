// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "work/gate.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace erofs::work {
namespace {

TEST(Gate, CountsWhatIsHeld) {
  Gate gate(100);
  {
    const auto first = gate.enter(60);
    EXPECT_EQ(gate.held(), 60U);
    const auto second = gate.enter(40);
    EXPECT_EQ(gate.held(), 100U);
  }
  EXPECT_EQ(gate.held(), 0U);
  EXPECT_EQ(gate.peak(), 100U);
}

TEST(Gate, LetsOneLargeRequestGoAlone) {
  Gate gate(100);
  const auto pass = gate.enter(1000);
  EXPECT_EQ(gate.held(), 1000U);
}

TEST(Gate, LetsEmptyRequestsPassBesideALargeOne) {
  Gate gate(100);
  const auto full = gate.enter(100);
  const auto none = gate.enter(0);
  EXPECT_EQ(gate.held(), 100U);
}

TEST(Gate, MakesOthersWait) {
  Gate gate(100);
  std::atomic<bool> through = false;
  std::thread other;
  {
    const auto pass = gate.enter(70);
    other = std::thread([&] {
      const auto mine = gate.enter(31);
      through = true;
    });
    for (int i = 0; i < 100; ++i) std::this_thread::yield();
    EXPECT_FALSE(through);
  }
  other.join();
  EXPECT_TRUE(through);
  EXPECT_EQ(gate.peak(), 70U);
}

TEST(Gate, HoldsManyThreadsToTheBound) {
  constexpr int kThreads = 8;
  Gate gate(64);
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&gate, t] {
      for (int i = 0; i < 200; ++i) {
        const auto pass = gate.enter(static_cast<unsigned>(1 + (i + t) % 40));
        EXPECT_LE(gate.held(), 64U);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(gate.held(), 0U);
  EXPECT_LE(gate.peak(), 64U);
}

TEST(Gate, TakesAtOnceWhatFits) {
  Gate gate(10);
  ASSERT_TRUE(gate.take(20)) << "alone, however much";
  {
    const Gate::Pass pass(gate, 20);
    EXPECT_FALSE(gate.take(1));
    EXPECT_EQ(gate.held(), 20U);
  }
  EXPECT_TRUE(gate.take(4));
  const Gate::Pass four(gate, 4);
  EXPECT_FALSE(gate.take(7));
  EXPECT_TRUE(gate.take(6));
  const Gate::Pass six(gate, 6);
  EXPECT_EQ(gate.held(), 10U);
}

}  // namespace
}  // namespace erofs::work
