// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/job_memory.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>
#include <vector>

#include "support/tree_image.h"

namespace erofs::extract {
namespace {

TEST(JobMemory, GivesManyJobsSmallerPieces) {
  const test::OpenImage image = test::open_tree();
  EXPECT_EQ(JobMemory(*image, 0).piece(), std::uint64_t{1} << 20);
  EXPECT_EQ(JobMemory(*image, 2).piece(), std::uint64_t{1} << 20);
  EXPECT_EQ(JobMemory(*image, 64).piece(), std::uint64_t{1} << 18);
  EXPECT_EQ(JobMemory(*image, 100000).piece(), std::uint64_t{1} << 16);
}

TEST(JobMemory, ChargesWhatAJobReadsAtOnce) {
  const test::OpenImage image = test::open_tree();
  JobMemory memory(*image, 1);
  { const work::Gate::Pass pass = memory.enter(100); }
  const std::uint64_t little = memory.peak();
  { const work::Gate::Pass pass = memory.enter(~std::uint64_t{0}); }
  EXPECT_EQ(memory.peak() - little, memory.piece() - 100);
}

TEST(JobMemory, BoundsWhatManyThreadsHold) {
  const test::OpenImage image = test::open_tree();
  JobMemory memory(*image, 2);
  std::vector<std::thread> threads;
  for (int t = 0; t < 40; ++t) {
    threads.emplace_back([&memory] {
      const work::Gate::Pass pass = memory.enter(memory.piece());
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(memory.peak(), JobMemory::kHeld);
  EXPECT_GT(memory.peak(), 2 * memory.piece());
}

}  // namespace
}  // namespace erofs::extract
