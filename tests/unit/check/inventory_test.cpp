// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include "support/check_image.h"

namespace erofs::test {
namespace {

using format::Layout;
using format::ModeType;

std::size_t index(ModeType type) { return static_cast<std::size_t>(type); }
std::size_t index(Layout layout) { return static_cast<std::size_t>(layout); }

TEST(CheckInventory, CountsEachInodeOnce) {
  TestNode big = file(std::string(5000, 'x'));
  big.layout = Layout::kFlatPlain;
  big.extended = true;
  TestNode marked = file("abc");
  // user.a = "b" inline
  marked.xattrs = hex("00000000 00 00000000000000 01 01 0100 61 62 0000");
  CheckImage image({directory({{"a", 1}, {"b", 2}, {"c", 2}, {"d", 3}}), big,
                    marked, special(ModeType::kFifo)});
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{});
  const check::Inventory& all = report.inventory;
  EXPECT_EQ(all.inodes, 4U);
  EXPECT_EQ(all.entries, 4U);
  EXPECT_EQ(all.by_type[index(ModeType::kRegular)], 2U);
  EXPECT_EQ(all.by_type[index(ModeType::kDirectory)], 1U);
  EXPECT_EQ(all.by_type[index(ModeType::kFifo)], 1U);
  // A pipe has no content, so no layout.
  EXPECT_EQ(all.by_layout[index(Layout::kFlatPlain)], 1U);
  EXPECT_EQ(all.by_layout[index(Layout::kFlatInline)], 2U);
  EXPECT_EQ(all.compact, 3U);
  EXPECT_EQ(all.extended, 1U);
  EXPECT_EQ(all.hard_linked, 1U);
  EXPECT_EQ(all.with_xattrs, 1U);
  EXPECT_EQ(all.inline_xattrs, 1U);
  EXPECT_EQ(all.shared_xattrs, 0U);
  EXPECT_EQ(all.file_bytes, 5003U);
  EXPECT_FALSE(all.has_acl);
}

TEST(CheckInventory, StopsAddingAtTheLargestNumber) {
  TestNode huge = special(ModeType::kRegular);
  huge.extended = true;
  huge.edit_extended = [](auto& b) {
    b.i_size((std::uint64_t{1} << 63) - 1).i_u(0xFFFFFFFF).i_nb(0xFFFF);
  };
  CheckImage image(
      {directory({{"a", 1}, {"b", 2}, {"c", 3}}), huge, huge, huge});
  image.edit(
      [](auto& super) { super.feature_incompat(format::incompat::k48bit); });
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{});
  EXPECT_EQ(report.inventory.file_bytes, ~std::uint64_t{0});
  EXPECT_EQ(report.inventory.hole_bytes, ~std::uint64_t{0});
}

}  // namespace
}  // namespace erofs::test
