// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/left_out.h"

#include <gtest/gtest.h>

namespace erofs::extract {
namespace {

TEST(LeftOut, CountsByKind) {
  LeftOut left;
  left.add(Left::kDevice, 1, "/a");
  left.add(Left::kDevice, 2, "/b", 5);
  EXPECT_EQ(left.of(Left::kDevice).count, 6U);
  EXPECT_EQ(left.of(Left::kFifo).count, 0U);
  EXPECT_TRUE(left.of(Left::kFifo).first.empty());
}

TEST(LeftOut, RemembersTheFirstPathsInAnyOrderOfTelling) {
  LeftOut left;
  for (const int order : {5, 3, 9, 1, 4, 2}) {
    left.add(Left::kXattr, static_cast<std::uint64_t>(order),
             "/" + std::to_string(order));
  }
  const auto kind = left.of(Left::kXattr);
  EXPECT_EQ(kind.count, 6U);
  EXPECT_EQ(kind.first, (std::vector<std::string>{"/1", "/2", "/3"}));
}

}  // namespace
}  // namespace erofs::extract
