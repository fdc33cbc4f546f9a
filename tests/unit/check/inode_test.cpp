// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include <limits>

#include "support/check_image.h"

namespace erofs::test {
namespace {

using format::InodeCompactBuilder;
using format::InodeExtendedBuilder;
using format::Layout;
using format::ModeType;

// A root with the node in question as its only entry, "it".
CheckImage with(const TestNode& node) {
  return CheckImage({directory({{"it", 1}}), node});
}

TestNode compact(TestNode node,
                 std::function<void(InodeCompactBuilder&)> edit) {
  node.edit = std::move(edit);
  return node;
}

TestNode extended(TestNode node,
                  std::function<void(InodeExtendedBuilder&)> edit = {}) {
  node.extended = true;
  node.edit_extended = std::move(edit);
  return node;
}

void wide(CheckImage& image) {
  image.edit(
      [](auto& super) { super.feature_incompat(format::incompat::k48bit); });
}

TestNode link(std::string target) {
  TestNode node = file(std::move(target));
  if (node.content.size() > 3000) node.layout = Layout::kFlatPlain;
  node.type = ModeType::kSymlink;
  return node;
}

TEST(CheckInode, AcceptsBothVersions) {
  EXPECT_EQ(rules(with(file("x"))), Rules{});
  EXPECT_EQ(rules(with(extended(file("x")))), Rules{});
}

TEST(CheckInode, WantsALink) {
  const auto image = with(compact(file("x"), [](auto& b) { b.nlink(0); }));
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"inode.nlink.nonzero"});
  const auto& found = finding(report, RuleId::inode_nlink_nonzero);
  EXPECT_EQ(found.where.offset, image.at(1) + 6);
  EXPECT_EQ(found.nid, image.nid(1));
  EXPECT_EQ(found.path, "/it");
  EXPECT_EQ(rules(with(extended(file("x"), [](auto& b) { b.i_nlink(0); }))),
            Rules{"inode.nlink.nonzero"});
}

TEST(CheckInode, WantsHighBlockBitsZeroWithout48Bit) {
  TestNode node = file(std::string(5000, 'x'));
  const auto high = [](auto& b) { b.i_nb(1); };
  const Rules rule{"inode.startblk_hi.needs-48bit",
                   "content.plain.within-device"};
  EXPECT_EQ(rules(with(extended(node, high))), rule);
  // One inline block leaves the field without use.
  EXPECT_EQ(rules(with(extended(file("x"), high))), Rules{});
  EXPECT_EQ(rules(with(extended(file(""), high))), Rules{});
  auto image = with(extended(node, high));
  wide(image);
  EXPECT_EQ(rules(image), Rules{"content.plain.within-device"});
}

TEST(CheckInode, WantsCompactTimesZeroWithout48Bit) {
  auto image = with(compact(file("x"), [](auto& b) { b.i_mtime(1); }));
  EXPECT_EQ(rules(image), Rules{"inode.mtime.needs-48bit"});
  wide(image);
  EXPECT_EQ(rules(image), Rules{});
}

TEST(CheckInode, WantsTimesThatFit) {
  auto image = with(compact(file("x"), [](auto& b) { b.i_mtime(8); }));
  constexpr auto kLast = std::numeric_limits<std::int64_t>::max();
  wide(image);
  image.edit([](auto& super) { super.epoch(kLast - 8); });
  EXPECT_EQ(rules(image), Rules{});
  image.edit([](auto& super) { super.epoch(kLast - 7); });
  EXPECT_EQ(rules(image), Rules{"inode.mtime.range"});
}

TEST(CheckInode, JudgesFields) {
  const auto nsec = [](std::uint32_t value) {
    return with(extended(file("x"), [=](auto& b) { b.i_mtime_nsec(value); }));
  };
  EXPECT_EQ(rules(nsec(999999999)), Rules{});
  EXPECT_EQ(rules(nsec(1000000000)), Rules{"inode.mtime_nsec.range"});
  auto image = with(file("x"));
  image.byte(image.at(1) + 28, 1);
  EXPECT_EQ(rules(image), Rules{"inode.reserved.zero"});
}

TEST(CheckInode, WantsPlainSpecialFiles) {
  for (const ModeType type : {ModeType::kCharDevice, ModeType::kBlockDevice,
                              ModeType::kFifo, ModeType::kSocket}) {
    TestNode node = special(type);
    EXPECT_EQ(rules(with(node)), Rules{});
    EXPECT_EQ(rules(with(compact(node, [](auto& b) { b.i_size(5); }))),
              Rules{"inode.special.size"});
    node.layout = Layout::kFlatInline;
    EXPECT_EQ(rules(with(node)), Rules{"inode.special.layout"});
  }
}

TEST(CheckInode, WantsNoDeviceNumberOnPipes) {
  const auto number = [](auto& b) { b.i_u(0x105); };
  EXPECT_EQ(rules(with(compact(special(ModeType::kFifo), number))),
            Rules{"inode.rdev.zero"});
  EXPECT_EQ(rules(with(compact(special(ModeType::kSocket), number))),
            Rules{"inode.rdev.zero"});
  EXPECT_EQ(rules(with(compact(special(ModeType::kCharDevice), number))),
            Rules{});
}

TEST(CheckInode, WantsOwners) {
  const auto owners = [](std::uint32_t uid, std::uint32_t gid) {
    return with(extended(file("x"), [=](auto& b) { b.i_uid(uid).i_gid(gid); }));
  };
  EXPECT_EQ(rules(owners(0xFFFFFFFE, 0xFFFFFFFE)), Rules{});
  EXPECT_EQ(rules(owners(0xFFFFFFFF, 0)), Rules{"inode.id.valid"});
  EXPECT_EQ(rules(owners(0, 0xFFFFFFFF)), Rules{"inode.id.valid"});
}

TEST(CheckInode, WantsHolesOnlyWith48Bit) {
  TestNode node = compact(special(ModeType::kRegular),
                          [](auto& b) { b.i_size(100000).i_u(0xFFFFFFFF); });
  auto image = with(node);
  EXPECT_EQ(rules(image), Rules{"inode.hole.needs-48bit"});
  wide(image);
  EXPECT_EQ(rules(image), Rules{});
  EXPECT_EQ(checked(image).inventory.hole_bytes, 100000U);
  // An empty file has no use for the field.
  EXPECT_EQ(rules(with(compact(special(ModeType::kRegular),
                               [](auto& b) { b.i_u(0xFFFFFFFF); }))),
            Rules{});
}

TEST(CheckInode, WantsTargetsThatCanBeFollowed) {
  EXPECT_EQ(rules(with(link("a"))), Rules{});
  EXPECT_EQ(rules(with(link(std::string(4095, 'a')))), Rules{});
  EXPECT_EQ(rules(with(link(""))), Rules{"inode.symlink.size"});
  EXPECT_EQ(rules(with(link(std::string(4096, 'a')))),
            (Rules{"inode.symlink.size"}));
}

TEST(CheckInode, WantsTargetsWithoutNul) {
  const auto report = checked(with(link(std::string("abc\0def", 7))));
  EXPECT_EQ(rules(report), Rules{"inode.symlink.nul"});
  EXPECT_EQ(finding(report, RuleId::inode_symlink_nul).value, 3U);
}

// Both are found where the kernel finds them, at the first look.
TEST(CheckInode, EndsAtOnceForWildSizes) {
  const auto size = [](Layout layout) {
    TestNode node = special(ModeType::kRegular);
    node.layout = layout;
    return with(
        extended(node, [](auto& b) { b.i_size(std::uint64_t{1} << 62); }));
  };
  EXPECT_EQ(rules(size(Layout::kFlatPlain)),
            Rules{"content.plain.within-device"});
  EXPECT_EQ(rules(size(Layout::kFlatInline)),
            Rules{"content.plain.within-device"});
  EXPECT_EQ(rules(size(Layout::kChunkBased)),
            (Rules{"chunk.table.within-image"}));
}

TEST(CheckInode, RefusesABadOneOnce) {
  CheckImage image({directory({{"a", 1}, {"b", 1}, {"c", 2}}),
                    compact(file("x"), [](auto& b) { b.i_mode(0); }),
                    file("y")});
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"inode.mode.type"});
  EXPECT_EQ(report.count(format::RuleClass::kMalformed), 1U);
  EXPECT_EQ(finding(report, RuleId::inode_mode_type).path, "/a");
  EXPECT_EQ(report.inventory.inodes, 2U);
}

TEST(CheckInode, MentionsMinorNumbersBelowZero) {
  const auto number = [](ModeType type, std::uint32_t value) {
    return rules(with(compact(special(type), [=](auto& b) { b.i_u(value); })));
  };
  EXPECT_EQ(number(ModeType::kCharDevice, 0xFFF00801),
            Rules{"inode.rdev.sign"});
  EXPECT_EQ(number(ModeType::kBlockDevice, 0xFFF00801),
            Rules{"inode.rdev.sign"});
  EXPECT_EQ(number(ModeType::kCharDevice, 0xFFEFFFFF), Rules{});
}

}  // namespace
}  // namespace erofs::test
