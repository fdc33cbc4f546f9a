// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/space.h"

#include <gtest/gtest.h>

namespace erofs::plan {
namespace {

TEST(Space, FillsWhatIsLeftOfBlocks) {
  Space space(12, 1152);
  EXPECT_EQ(space.end(), 1U);
  EXPECT_EQ(space.metadata(64, 100), 1152U);
  EXPECT_EQ(space.blocks(3), 1U);
  // 164 bytes take six slots of 32.
  EXPECT_EQ(space.metadata(32, 0), 1152U + 192);
  EXPECT_EQ(space.end(), 4U);
}

TEST(Space, ChoosesTheTightestRoom) {
  Space space(12, 4096);
  EXPECT_EQ(space.metadata(3000, 0), 4096U);
  EXPECT_EQ(space.metadata(2000, 0), 8192U);
  EXPECT_EQ(space.metadata(1000, 0), 4096U + 3008);
  EXPECT_EQ(space.metadata(1056, 0), 8192U + 2016);
}

TEST(Space, KeepsTailsWithinABlock) {
  Space space(12, 4096);
  EXPECT_EQ(space.metadata(64, 4032), 4096U);
  // The head alone takes more than a block: the tail follows it ...
  EXPECT_EQ(space.metadata(5000, 3192), 8192U);
  // ... or does not fit behind it, and nothing is taken.
  const std::uint64_t end = space.end();
  EXPECT_EQ(space.metadata(5000, 3193), std::nullopt);
  EXPECT_EQ(space.end(), end);
  // A head that ends with a block leaves the tail the next one.
  EXPECT_EQ(space.metadata(4096, 4096), end * 4096);
}

TEST(Space, TellsWhichBlocksAreFull) {
  Space space(9, 512);
  EXPECT_TRUE(space.closed().empty());
  (void)space.metadata(512, 0);
  EXPECT_EQ(space.closed(), std::vector<std::uint64_t>{1});
  (void)space.metadata(1100, 0);
  EXPECT_EQ(space.closed(), (std::vector<std::uint64_t>{2, 3}));
  EXPECT_TRUE(space.closed().empty());
}

TEST(Space, KeepsABoundedNumberOfBlocksOpen) {
  Space space(12, 4096);
  std::size_t closed = 0;
  for (int i = 0; i < 2000; ++i) {
    (void)space.metadata(2200, 0);
    closed += space.closed().size();
  }
  EXPECT_GT(closed, 1400U);
}

TEST(Space, TakesBlocksBack) {
  Space space(12, 4096);
  const std::uint64_t first = space.blocks(10);
  space.give_back(first);
  EXPECT_EQ(space.blocks(1), first);
}

}  // namespace
}  // namespace erofs::plan
