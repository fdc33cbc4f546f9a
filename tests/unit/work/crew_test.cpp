// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "work/crew.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <set>
#include <thread>
#include <vector>

namespace erofs::work {
namespace {

TEST(Crew, RunsInlineWithOneThread) {
  for (const unsigned jobs : {0U, 1U}) {
    Crew crew(jobs);
    EXPECT_EQ(crew.jobs(), 1U);
    std::thread::id ran;
    crew.run([&] { ran = std::this_thread::get_id(); });
    EXPECT_EQ(ran, std::this_thread::get_id());
    crew.wait();
  }
}

TEST(Crew, RunsEveryJobOnce) {
  constexpr std::size_t kJobs = 2000;
  Crew crew(4);
  EXPECT_EQ(crew.jobs(), 4U);
  // Plain numbers: each is written by one job and read behind wait().
  std::vector<unsigned> done(kJobs);
  for (std::size_t i = 0; i < kJobs; ++i) {
    crew.run([&done, i] { done[i] += static_cast<unsigned>(i) + 1; });
  }
  crew.wait();
  for (std::size_t i = 0; i < kJobs; ++i) EXPECT_EQ(done[i], i + 1);
}

TEST(Crew, CanBeUsedAgainBehindAWait) {
  Crew crew(3);
  std::atomic<int> count = 0;
  for (int round = 1; round <= 50; ++round) {
    for (int i = 0; i < 10; ++i) crew.run([&] { ++count; });
    crew.wait();
    EXPECT_EQ(count, 10 * round);
  }
}

TEST(Crew, WaitsAtTheEndOfItsLife) {
  std::atomic<int> count = 0;
  {
    Crew crew(4);
    for (int i = 0; i < 100; ++i) crew.run([&] { ++count; });
  }
  EXPECT_EQ(count, 100);
}

TEST(Crew, KeepsFewJobsUnfinished) {
  constexpr unsigned kThreads = 2;
  constexpr int kMost = static_cast<int>(Crew::kAhead * kThreads);
  Crew crew(kThreads);
  // Jobs of others end only when this thread has run one itself.
  std::atomic<bool> open = false;
  const auto self = std::this_thread::get_id();
  int given = 0;
  while (!open) {
    ++given;
    ASSERT_LE(given, kMost + 1);
    crew.run([&] {
      if (std::this_thread::get_id() == self) open = true;
      while (!open) std::this_thread::yield();
    });
  }
  EXPECT_EQ(given, kMost + 1);
  crew.wait();
}

TEST(Crew, LetsGoOfWhatAJobHolds) {
  const auto held = std::make_shared<int>(7);
  Crew crew(2);
  crew.run([held] { EXPECT_EQ(*held, 7); });
  crew.wait();
  EXPECT_EQ(held.use_count(), 1);
}

TEST(Crew, HasAtLeastOneCore) {
  EXPECT_GE(Crew::cores(), 1U);
  // What the machine has, or fewer where the process may not use all.
  EXPECT_LE(Crew::cores(), std::max(1U, std::thread::hardware_concurrency()));
}

}  // namespace
}  // namespace erofs::work
