// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "image/memory_target.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace erofs::image {
namespace {

TEST(MemoryTarget, GrowsWithZeros) {
  MemoryTarget target;
  EXPECT_EQ(target.write(3, ByteView::of_text("ab")), 0);
  EXPECT_EQ(target.bytes().size(), 5U);
  EXPECT_EQ(target.bytes()[0], std::byte{0});
  EXPECT_EQ(target.write(2, ByteView::of_text("x")), 0);
  EXPECT_EQ(ByteView(target.bytes()).from(2)->text(), "xab");
}

TEST(MemoryTarget, ReadsWhatIsThere) {
  MemoryTarget target;
  EXPECT_EQ(target.write(0, ByteView::of_text("abc")), 0);
  std::vector<std::byte> out(2);
  EXPECT_EQ(target.read(1, MutableBytes(out)), 0);
  EXPECT_EQ(ByteView(out).text(), "bc");
  EXPECT_EQ(target.read(2, MutableBytes(out)), ERANGE);
}

TEST(MemoryTarget, RefusesWhatNoMemoryHolds) {
  MemoryTarget target;
  EXPECT_EQ(target.write(~std::uint64_t{0}, ByteView::of_text("a")), EFBIG);
}

}  // namespace
}  // namespace erofs::image
