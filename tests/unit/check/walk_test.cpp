// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include "support/check_image.h"

namespace erofs::test {
namespace {

using format::Layout;
using format::ModeType;

// A chain of directories, each in the one before.
CheckImage nested(std::size_t depth) {
  std::vector<TestNode> nodes;
  for (std::size_t i = 0; i < depth; ++i) {
    nodes.push_back(directory({{"d", i + 1}}));
  }
  nodes.push_back(directory({}));
  return CheckImage(nodes);
}

TEST(CheckWalk, GoesDeep) {
  const auto report = checked(nested(3000));
  EXPECT_EQ(rules(report), Rules{});
  EXPECT_EQ(report.inventory.max_depth, 3000U);
}

TEST(CheckWalk, HasABottom) {
  EXPECT_EQ(rules(nested(4096)), Rules{});
  const auto report = checked(nested(5000));
  EXPECT_EQ(rules(report), Rules{"limit.depth.reached"});
  EXPECT_EQ(report.exit_code(), 4);
  EXPECT_FALSE(report.usage_known);
}

// Two names for each of the directories below: 2^20 paths in 8 KiB, which
// keep fsck.erofs 1.9.3 busy for a minute.
TEST(CheckWalk, EntersADirectoryOnce) {
  std::vector<TestNode> nodes;
  for (std::size_t i = 0; i < 20; ++i) {
    nodes.push_back(directory({{"a", i + 1}, {"b", i + 1}}));
  }
  nodes.push_back(directory({}));
  const CheckImage image(nodes);
  EXPECT_LE(image.bytes.size(), 12288U);
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"tree.directory.one-parent"});
  EXPECT_EQ(report.findings().size(), 20U);
  EXPECT_EQ(report.inventory.inodes, 21U);
  EXPECT_LT(report.work_spent, 100000U);
}

TEST(CheckWalk, MeetsAnInodeOnceForManyNames) {
  std::vector<Child> children;
  for (int i = 0; i < 20000; ++i) {
    children.push_back({std::to_string(100000 + i), 1});
  }
  TestNode bad = file("x");
  bad.extended = true;
  bad.edit_extended = [](auto& b) { b.i_uid(0xFFFFFFFF); };
  TestNode root = directory(children);
  root.layout = Layout::kFlatPlain;
  CheckImage image({root, bad});
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"inode.id.valid"});
  EXPECT_EQ(report.findings().size(), 1U);
  EXPECT_EQ(report.inventory.inodes, 2U);
  EXPECT_EQ(report.inventory.entries, 20000U);
}

// All directories show the same large block of entries.
TEST(CheckWalk, EndsWhereDirectoriesShareContent) {
  std::vector<Child> children;
  std::vector<TestNode> nodes(1);
  for (std::size_t i = 1; i <= 2000; ++i) {
    TestNode node = directory({});
    node.content = std::string(1, 'x');
    node.layout = Layout::kFlatPlain;
    node.nlink = 1;
    children.push_back({std::to_string(10000 + i), i});
    nodes.push_back(node);
  }
  nodes[0] = directory(children);
  nodes[0].layout = Layout::kFlatPlain;
  CheckImage image(nodes);
  // Let every one be the root's listing.
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    for (const std::size_t field : {8U, 16U}) {
      for (std::size_t byte = 0; byte < 4; ++byte) {
        image.bytes[image.at(i) + field + byte] =
            image.bytes[image.at(0) + field + byte];
      }
    }
  }
  const std::uint64_t lots = std::uint64_t{1} << 40;
  const auto report =
      checked(image, Limits{std::uint64_t{1} << 22, lots, lots, lots});
  EXPECT_TRUE(report.has(RuleId::limit_work_reached));
  EXPECT_EQ(report.exit_code(), 1);
}

TEST(CheckWalk, FindsNoPlaceForWildDirectorySizes) {
  TestNode node = directory({});
  node.extended = true;
  node.layout = Layout::kFlatPlain;
  node.edit_extended = [](auto& b) { b.i_size(std::uint64_t{1} << 40); };
  const auto report = checked(CheckImage({directory({{"it", 1}}), node}));
  EXPECT_EQ(rules(report), Rules{"content.plain.within-device"});
  EXPECT_EQ(report.findings().size(), 1U);
}

// A directory of holes has 2^31 blocks without an entry.
TEST(CheckWalk, EndsInADirectoryOfHoles) {
  TestNode node = directory({});
  node.extended = true;
  node.dots = false;
  node.layout = Layout::kChunkBased;
  node.table = hex("ffffffff");
  node.edit_extended = [](auto& b) {
    b.i_u(31).i_size(std::uint64_t{1} << 43);
  };
  const auto report = checked(CheckImage({directory({{"it", 1}}), node}));
  EXPECT_TRUE(report.has(RuleId::directory_first_nameoff_range));
  EXPECT_TRUE(report.has(RuleId::limit_work_reached));
  EXPECT_EQ(report.exit_code(), 1);
}

TEST(CheckWalk, JudgesSpecialInodes) {
  TestNode packed = file("packed");
  packed.nlink = 1;
  packed.edit = [](auto& b) { b.i_mtime(1); };
  CheckImage image({directory({}), packed});
  image.edit([&](auto& super) {
    super.feature_incompat(format::incompat::kFragments)
        .packed_nid(image.nid(1));
  });
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"inode.mtime.needs-48bit"});
  EXPECT_EQ(report.inventory.inodes, 2U);
}

TEST(CheckWalk, ReportsABadSpecialInodeOnce) {
  CheckImage image({directory({})});
  image.edit([](auto& super) {
    super.feature_incompat(format::incompat::kFragments).packed_nid(1U << 20);
  });
  const auto report = checked(image);
  EXPECT_EQ(report.count(format::RuleClass::kMalformed), 1U);
  EXPECT_TRUE(report.has(RuleId::inode_nid_within_image));
}

// Inodes of the tree in the content of the metabox inode.
TEST(CheckWalk, FollowsNidsIntoTheMetabox) {
  const CheckImage inner({directory({{"a", 1}}), file("x")}, 9);
  TestNode metabox = special(ModeType::kRegular);
  metabox.content = std::string(ByteView(inner.bytes).slice(2048, 512)->text());
  metabox.layout = Layout::kFlatPlain;
  metabox.nlink = 1;
  CheckImage image({directory({}), metabox}, 9);
  // The nids within the metabox count from its start.
  const std::size_t root = image.data(1);
  const std::size_t entries = root + 32;
  const std::uint64_t first = inner.nid(0);
  for (std::size_t i = 0; i < 3; ++i) {
    const std::uint64_t nid = i == 2 ? inner.nid(1) - first : 0;
    image.put(entries + 12 * i, repeat(0, 7) + hex("80"));
    image.byte(entries + 12 * i, static_cast<std::uint8_t>(nid));
  }
  image.edit([&](auto& super) {
    super.sb_extslots(1)
        .feature_incompat(format::incompat::kMetabox | format::incompat::k48bit)
        .rootnid_2b(0)
        .inos(3)
        .rootnid_8b(format::kMetaboxNidBit);
  });
  image.byte(format::kSuperblockOffset + 128,
             static_cast<std::uint8_t>(image.nid(1)));
  const auto report = checked(image);
  EXPECT_EQ(rules(report), (Rules{"inode.ino.unique", "space.padding.zero"}));
  EXPECT_EQ(report.inventory.inodes, 3U);
  EXPECT_EQ(report.summary.root_nid, format::kMetaboxNidBit);
  EXPECT_EQ(report.usage[check::RangeKind::kData], 0U);
  EXPECT_GE(report.usage[check::RangeKind::kMetaboxContent], 512U);
}

}  // namespace
}  // namespace erofs::test
