// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/all_paths.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <string>
#include <vector>

#include "support/tree_image.h"

namespace erofs::extract {
namespace {

TEST(AllPaths, BeginAtTheRoot) {
  test::OpenImage image = test::open_tree();
  std::vector<std::string> paths;
  const auto visit = [&](const read::Visit& found) -> Status {
    paths.emplace_back(found.path);
    return {};
  };
  EXPECT_THAT(all_paths(*image, image.budget, visit), test::Succeeds());
  EXPECT_EQ(paths, (std::vector<std::string>{"/", "/a.txt", "/dir", "/dir/big",
                                             "/empty", "/fifo", "/hard",
                                             "/link", "/sock", "/suid"}));
}

TEST(AllPaths, EndWhereTheVisitorFaults) {
  test::OpenImage image = test::open_tree();
  int visits = 0;
  const auto visit = [&](const read::Visit&) -> Status {
    if (++visits == 3) return io_fault({}, EPIPE);
    return {};
  };
  EXPECT_THAT(all_paths(*image, image.budget, visit), test::IsIo(0, EPIPE));
  EXPECT_EQ(visits, 3);
}

}  // namespace
}  // namespace erofs::extract
