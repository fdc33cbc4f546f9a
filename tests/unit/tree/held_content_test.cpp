// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/held_content.h"

#include <gtest/gtest.h>

#include <array>

#include "support/matchers.h"

namespace erofs::tree {
namespace {

TEST(HeldContent, IsItsOwnBytes) {
  const HeldContent content("a longer text than a short string holds");
  EXPECT_EQ(content.size(), 39U);
  std::array<std::byte, 6> bytes{};
  ASSERT_THAT(content.read(2, MutableBytes(bytes)), test::Succeeds());
  EXPECT_EQ(ByteView(bytes).text(), "longer");
  EXPECT_FALSE(content.read(34, MutableBytes(bytes)));
}

}  // namespace
}  // namespace erofs::tree
