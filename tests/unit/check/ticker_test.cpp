// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/ticker.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace erofs::check {
namespace {

using Told = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

TEST(Ticker, TellsNowAndThen) {
  Told told;
  Ticker ticker([&](std::uint64_t inodes, std::uint64_t bytes) {
    told.emplace_back(inodes, bytes);
  });
  for (int i = 0; i < 4095; ++i) ticker.inode();
  ticker.content(100);
  EXPECT_EQ(told, Told{});
  ticker.inode();
  EXPECT_EQ(told, (Told{{4096, 100}}));
  ticker.content((1U << 24) - 1);
  EXPECT_EQ(told.size(), 1U);
  ticker.content(1);
  EXPECT_EQ(told.back(),
            (std::pair<std::uint64_t, std::uint64_t>(4096, (1U << 24) + 100)));
}

TEST(Ticker, NeedsNobodyToTell) {
  Ticker ticker({});
  ticker.content(std::uint64_t{1} << 40);
  for (int i = 0; i < 5000; ++i) ticker.inode();
}

}  // namespace
}  // namespace erofs::check
