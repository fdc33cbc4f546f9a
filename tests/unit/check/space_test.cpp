// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/space.h"

#include <gtest/gtest.h>

#include "support/budgets.h"
#include "support/check_image.h"
#include "support/matchers.h"

namespace erofs::test {
namespace {

using check::Finding;
using check::Overlap;
using check::RangeKind;
using check::Space;
using check::Usage;

struct Span {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

struct Map {
  Space space = Space();
  Budget budget = plenty();

  void add(std::uint64_t begin, std::uint64_t end, RangeKind kind,
           std::uint64_t owner = 0, std::uint32_t device = 0) {
    EXPECT_THAT(space.add({device, begin}, end - begin, kind, owner, budget),
                Succeeds());
  }
  // All ranges, of whatever space.
  std::vector<Span> ranges() {
    space.seal();
    std::vector<Span> out;
    Space::Sweep sweep(space);
    while (const check::Range* range = sweep.next()) {
      out.push_back({range->begin, range->end()});
    }
    return out;
  }
  std::vector<Overlap> overlaps() {
    space.seal();
    std::vector<Overlap> out;
    space.overlaps([&](const Overlap& each) { out.push_back(each); });
    return out;
  }
};

TEST(Space, LetsNeighboursBe) {
  Map map;
  map.add(0, 10, RangeKind::kInode, 1);
  map.add(10, 20, RangeKind::kInode, 2);
  map.add(20, 30, RangeKind::kData, 1);
  map.add(5, 5, RangeKind::kData, 3);
  map.add(5, 15, RangeKind::kInode, 3, 1);
  EXPECT_TRUE(map.overlaps().empty());
}

TEST(Space, FindsMetadataInMetadata) {
  Map map;
  map.add(0, 10, RangeKind::kInode, 1);
  map.add(8, 20, RangeKind::kInode, 2);
  const auto found = map.overlaps();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].at, (Place{0, 8}));
  EXPECT_EQ(found[0].length, 2U);
  EXPECT_EQ(found[0].nid, 2U);
  EXPECT_FALSE(found[0].with_data);
}

TEST(Space, FindsWhatLiesBehindASmallerRange) {
  Map map;
  map.add(0, 100, RangeKind::kSuperblock);
  map.add(120, 130, RangeKind::kInode, 2);
  map.add(10, 20, RangeKind::kSharedXattr, 7);
  map.add(50, 60, RangeKind::kInode, 1);
  const auto found = map.overlaps();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].at.offset, 10U);
  EXPECT_EQ(found[0].nid, std::nullopt);
  EXPECT_EQ(found[1].at.offset, 50U);
  EXPECT_EQ(found[1].nid, 1U);
}

TEST(Space, FindsContentInMetadata) {
  Map map;
  map.add(0, 10, RangeKind::kInode, 1);
  map.add(5, 8, RangeKind::kData, 2);
  map.add(6, 30, RangeKind::kData, 3);
  map.add(20, 25, RangeKind::kDirectory, 4);
  const auto found = map.overlaps();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_TRUE(found[0].with_data);
  EXPECT_EQ(found[0].nid, 2U);
  EXPECT_EQ(found[1].at.offset, 20U);
  EXPECT_TRUE(found[1].with_data);
}

TEST(Space, LetsContentBeShared) {
  Map map;
  map.add(0, 10, RangeKind::kData, 1);
  map.add(0, 10, RangeKind::kData, 2);
  map.add(5, 20, RangeKind::kData, 3);
  EXPECT_TRUE(map.overlaps().empty());
  EXPECT_EQ(map.ranges(), (std::vector<Span>{{0, 20}}));
}

// What is content for nobody must not be taken for content.
TEST(Space, KeepsSlackApart) {
  Map map;
  map.add(0, 10, RangeKind::kRawCluster, 1);
  map.add(10, 20, RangeKind::kClusterSlack, 1);
  map.add(20, 30, RangeKind::kRawCluster, 1);
  map.add(15, 25, RangeKind::kRawCluster, 1);
  EXPECT_EQ(map.ranges(), (std::vector<Span>{{0, 10}, {10, 20}, {15, 30}}));
}

TEST(Space, KeepsEachReferenceIfAsked) {
  Map map{Space(Space::Keep::kEach)};
  map.add(0, 10, RangeKind::kCluster, 1);
  map.add(10, 20, RangeKind::kCluster, 1);
  map.add(0, 10, RangeKind::kCluster, 1);
  EXPECT_EQ(map.ranges(), (std::vector<Span>{{0, 10}, {0, 10}, {10, 20}}));
}

TEST(Space, CutsLongRanges) {
  constexpr std::uint64_t kLong = check::Range::kLongest;
  Map map;
  map.add(5, 3 * kLong, RangeKind::kData, 1);
  map.add(3 * kLong, 3 * kLong + 7, RangeKind::kData, 1);
  map.add(0, 5 * kLong, RangeKind::kData, 2, 1);
  map.add(kLong, 6 * kLong, RangeKind::kData, 3, 1);
  std::uint64_t end = 5;
  std::uint64_t other = 0;
  for (const Span& each : map.ranges()) {
    std::uint64_t& at = each.begin == end ? end : other;
    EXPECT_EQ(each.begin, at);
    at = each.end;
  }
  EXPECT_EQ(end, 3 * kLong + 7);
  EXPECT_EQ(other, 6 * kLong);
  map.add(~std::uint64_t{0} - 1, ~std::uint64_t{0}, RangeKind::kInode, 9);
  EXPECT_THAT(map.space.add({0, ~std::uint64_t{0} - 1}, 100, RangeKind::kInode,
                            9, map.budget),
              Succeeds());
}

// Many references to a few blocks cost the memory of those blocks.
TEST(Space, MergesContentNowAndThen) {
  Map map;
  for (std::uint64_t i = 0; i < 100000; ++i) {
    const std::uint64_t begin = i % 100 * 20;
    map.add(begin, begin + 10, RangeKind::kData, i);
  }
  EXPECT_LT(map.budget.memory_peak(), 4U << 20);
  EXPECT_TRUE(map.overlaps().empty());
  EXPECT_EQ(map.ranges().size(), 100U);
}

TEST(Space, ChargesWhatItKeeps) {
  Space space;
  Budget budget({0, 100, 0, 0}, format::budget_rules());
  EXPECT_THAT(space.add({}, 1, RangeKind::kInode, 1, budget),
              IsLimit(RuleId::limit_memory_reached));
}

TEST(CheckSpace, FindsAnInodeInAnInode) {
  CheckImage image({directory({{"a", 1}, {"b", 2}}), file("xyz"), file("")});
  // The tail of "a" reaches into "b".
  TestNode longer = file(std::string(40, '\0'));
  CheckImage good({directory({{"a", 1}, {"b", 2}}), longer, file("")});
  EXPECT_EQ(rules(good), Rules{});
  image.byte(image.at(1) + 8, 33);
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"space.metadata.overlap"});
  const auto& found = finding(report, RuleId::space_metadata_overlap);
  EXPECT_EQ(found.where.offset, image.at(2));
  EXPECT_EQ(found.value, 1U);
  EXPECT_EQ(found.path, "/b");
}

TEST(CheckSpace, FindsContentOnTheSuperblock) {
  TestNode node = file(std::string(4096, 'x'));
  node.layout = format::Layout::kFlatPlain;
  CheckImage image({directory({{"a", 1}}), node});
  EXPECT_EQ(rules(image), Rules{});
  image.put(image.at(1) + 16, hex("00000000"));
  const auto report = checked(image);
  // Its own content is nobody's now.
  EXPECT_EQ(rules(report),
            (Rules{"space.data.overlap", "space.unreferenced.zero"}));
  EXPECT_EQ(finding(report, RuleId::space_data_overlap).path, "/a");
}

TEST(CheckSpace, WantsWholeSectorsUnderMetadata) {
  CheckImage image({directory({{"a", 1}}), file("hello")}, 9);
  const std::size_t end = image.at(1) + 32 + 5;
  image.bytes.resize(end);
  ASSERT_NE(end % 512, 0U);
  image.edit([&](auto& super) {
    super.blocks_lo(static_cast<std::uint32_t>(end / 512));
  });
  const auto report = checked(image);
  const Finding& cut = finding(report, RuleId::space_sector_whole);
  EXPECT_EQ(cut.where, (Place{0, end / 512 * 512}));
  EXPECT_EQ(cut.value, end);
  // Bytes that nobody refers to may end anywhere.
  CheckImage more({directory({{"a", 1}}), file("hello")}, 9);
  more.bytes.resize(more.bytes.size() + 100);
  EXPECT_EQ(rules(more), Rules{"superblock.blocks.trailing"});
}

TEST(CheckSpace, AddsUpToTheImage) {
  TestNode node = file(std::string(5000, 'x'));
  node.layout = format::Layout::kFlatPlain;
  const CheckImage image({directory({{"a", 1}}), node});
  const auto report = checked(image);
  ASSERT_TRUE(report.usage_known);
  const Usage& usage = report.usage;
  EXPECT_EQ(usage[RangeKind::kSuperblock], 128U);
  EXPECT_EQ(usage[RangeKind::kData], 5000U);
  EXPECT_EQ(usage[RangeKind::kContentPadding], 8192U - 5000);
  EXPECT_EQ(usage.sum(), image.bytes.size());
}

}  // namespace
}  // namespace erofs::test
