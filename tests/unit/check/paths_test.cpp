// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include "support/check_image.h"

namespace erofs::test {
namespace {

// Findings that are made after the walk.
CheckImage excess() {
  TestNode node = file("x");
  node.nlink = 9;
  return CheckImage({directory({{"a", 1}, {"z", 3}}),
                     directory({{"b", 2}, {"c", 4}}), node, node, file("")});
}

TEST(CheckPaths, NamesLateFindings) {
  const auto report = checked(excess());
  EXPECT_EQ(rules(report), Rules{"inode.nlink.excess"});
  ASSERT_EQ(report.findings().size(), 2U);
  EXPECT_EQ(report.findings()[0].path, "/a/b");
  EXPECT_EQ(report.findings()[1].path, "/z");
}

TEST(CheckPaths, LeavesInodesOutsideTheTreeWithout) {
  TestNode packed = file("packed");
  packed.nlink = 0;
  packed.edit = [](auto& b) { b.nlink(0); };
  CheckImage image({directory({}), packed});
  image.edit([&](auto& super) {
    super.feature_incompat(format::incompat::kFragments)
        .packed_nid(image.nid(1));
  });
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"inode.nlink.nonzero"});
  EXPECT_EQ(report.findings()[0].path, "");
  EXPECT_EQ(report.findings()[0].nid, image.nid(1));
}

TEST(CheckPaths, DoesWithoutWhereTheBudgetEnds) {
  const CheckImage image = excess();
  const auto whole = checked(image);
  const std::uint64_t lots = std::uint64_t{1} << 40;
  // Enough for the check, one short of the walk for the last path.
  const auto report =
      checked(image, Limits{whole.work_spent - 1, lots, lots, lots});
  EXPECT_EQ(rules(report), Rules{"inode.nlink.excess"});
  EXPECT_EQ(report.exit_code(), 0);
  EXPECT_EQ(report.findings()[1].path, "");
}

}  // namespace
}  // namespace erofs::test
