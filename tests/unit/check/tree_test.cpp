// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include "support/check_image.h"

namespace erofs::test {
namespace {

using format::ModeType;

TEST(CheckTree, CountsNamesOfFiles) {
  const auto links = [](std::uint32_t nlink) {
    TestNode node = file("x");
    node.nlink = nlink;
    return CheckImage({directory({{"a", 1}, {"b", 1}}), node});
  };
  EXPECT_EQ(rules(links(2)), Rules{});
  EXPECT_EQ(rules(links(3)), Rules{"inode.nlink.excess"});
  const auto image = links(1);
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"inode.nlink.match"});
  const auto& found = finding(report, RuleId::inode_nlink_match);
  EXPECT_EQ(found.where.offset, image.at(1) + 6);
  EXPECT_EQ(found.path, "/a");
  EXPECT_EQ(report.inventory.hard_linked, 1U);
}

TEST(CheckTree, CountsSubdirectories) {
  const auto links = [](std::uint32_t nlink, bool extended) {
    TestNode root = directory({{"a", 1}, {"b", 2}, {"c", 3}});
    root.nlink = nlink;
    root.extended = extended;
    return CheckImage({root, directory({}), directory({}), file("")});
  };
  EXPECT_EQ(rules(links(4, false)), Rules{});
  EXPECT_EQ(rules(links(1, false)), Rules{});
  EXPECT_EQ(rules(links(3, false)), Rules{"inode.nlink.match"});
  EXPECT_EQ(rules(links(5, false)), Rules{"inode.nlink.match"});
  const auto image = links(5, true);
  const auto report = checked(image);
  const auto& found = finding(report, RuleId::inode_nlink_match);
  EXPECT_EQ(found.where.offset, image.at(0) + 44);
  EXPECT_EQ(found.path, "/");
}

TEST(CheckTree, CountsNothingAfterABadDirectory) {
  TestNode bad = directory({});
  bad.content = "not a directory";
  TestNode twice = file("x");
  twice.nlink = 1;
  CheckImage image({directory({{"a", 2}, {"b", 2}, {"bad", 1}}), bad, twice});
  image.edit([](auto& super) { super.inos(77); });
  EXPECT_EQ(rules(image), Rules{"directory.first-nameoff.range"});
}

TEST(CheckTree, CountsInodes) {
  CheckImage image({directory({{"a", 1}}), file("")});
  image.edit([](auto& super) { super.inos(3); });
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"superblock.inos.match"});
  EXPECT_EQ(finding(report, RuleId::superblock_inos_match).value, 3U);
}

TEST(CheckTree, WantsDifferentNumbers) {
  TestNode same = file("");
  same.edit = [](auto& b) { b.i_ino(1); };
  const CheckImage image({directory({{"a", 1}, {"b", 2}}), same, same});
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"inode.ino.unique"});
  EXPECT_EQ(report.count(format::RuleClass::kAdvisory), 2U);
  const auto& found = finding(report, RuleId::inode_ino_unique);
  EXPECT_EQ(found.where.offset, image.at(1) + 20);
  EXPECT_EQ(found.path, "/a");
}

TEST(CheckTree, WantsTheBitForChunks) {
  TestNode node = special(ModeType::kRegular);
  node.layout = format::Layout::kChunkBased;
  node.table = hex("ffffffff");
  node.edit = [](auto& b) { b.i_size(1); };
  CheckImage image({directory({{"it", 1}}), node});
  EXPECT_EQ(rules(image), Rules{"superblock.feature.chunked"});
  image.edit([](auto& super) {
    super.feature_incompat(format::incompat::kChunkedFile);
  });
  EXPECT_EQ(rules(image), Rules{});
}

TEST(CheckTree, WantsTheBitForShortForms) {
  TestNode node = file("x");
  node.edit = [](auto& b) { b.i_format_bit4(1).i_nb(0); };
  CheckImage image({directory({{"it", 1}}), node});
  EXPECT_EQ(rules(image), Rules{"superblock.feature.48bit"});
  image.edit(
      [](auto& super) { super.feature_incompat(format::incompat::k48bit); });
  EXPECT_EQ(rules(image), Rules{});
  // Without a meaning, and still refused by kernels before 6.15.
  TestNode idle = file("x");
  idle.extended = true;
  idle.edit_extended = [](auto& b) { b.i_format_bit4(1); };
  EXPECT_EQ(rules(CheckImage({directory({{"it", 1}}), idle})),
            Rules{"superblock.feature.48bit"});
}

TEST(CheckTree, WantsThePackedInodeOutside) {
  TestNode outside = file("packed");
  outside.nlink = 1;
  CheckImage image({directory({{"it", 1}}), file("x"), outside});
  const auto packed = [&](std::size_t node) {
    image.edit([&](auto& super) {
      super.feature_incompat(format::incompat::kFragments)
          .packed_nid(image.nid(node));
    });
  };
  packed(2);
  // Nothing links to it, and its count is not of names.
  EXPECT_EQ(rules(image), Rules{});
  packed(1);
  image.edit([](auto& super) { super.inos(2); });
  // What it was before is nobody's now.
  EXPECT_EQ(rules(image),
            (Rules{"tree.special.unlinked", "space.padding.zero"}));
}

TEST(CheckTree, WantsOneParentForADirectory) {
  CheckImage image({directory({{"a", 1}, {"b", 1}}), directory({})});
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"tree.directory.one-parent"});
}

TEST(CheckTree, WantsNoCycle) {
  CheckImage image({directory({{"a", 1}}), directory({{"again", 0}})});
  const auto report = checked(image);
  EXPECT_TRUE(report.has(RuleId::tree_directory_acyclic));
  EXPECT_EQ(report.exit_code(), 1);
}

}  // namespace
}  // namespace erofs::test
