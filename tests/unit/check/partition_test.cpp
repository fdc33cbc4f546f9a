// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/partition.h"

#include <gtest/gtest.h>

#include "format/rules.gen.h"
#include "support/budgets.h"
#include "support/matchers.h"

namespace erofs::test {
namespace {

using check::Bounds;
using check::Partition;
using check::Piece;
using check::RangeKind;
using check::Space;

struct Cut {
  Space space;
  Budget budget = plenty();
  std::vector<Bounds> bounds;

  explicit Cut(Space::Keep keep = Space::Keep::kEach) : space(keep) {
    bounds.resize(1);
    bounds[0].size = 100;
    bounds[0].declared = 100;
  }
  void add(std::uint64_t begin, std::uint64_t end, RangeKind kind,
           std::uint64_t owner, std::uint32_t of = 0) {
    EXPECT_THAT(space.add({of, begin}, end - begin, kind, owner, budget),
                Succeeds());
  }
  std::vector<Piece> pieces() {
    space.seal();
    std::vector<Piece> out;
    Partition partition(space, budget);
    EXPECT_THAT(partition.run(bounds,
                              [&](const Piece& piece, const Bounds&) -> Status {
                                out.push_back(piece);
                                return {};
                              }),
                Succeeds());
    return out;
  }
};

// Begin, end, owner, uses and users of each that is no gap.
std::string shown(const std::vector<Piece>& pieces) {
  std::string text;
  std::uint64_t at = 0;
  for (const Piece& each : pieces) {
    EXPECT_EQ(each.begin, at);
    EXPECT_LT(each.begin, each.end);
    at = each.end;
    if (each.kind >= RangeKind::kBootArea) continue;
    text += std::to_string(each.begin) + "-" + std::to_string(each.end) + "=" +
            std::to_string(each.owner) + "x" + std::to_string(each.uses) + "/" +
            std::to_string(each.users) + " ";
  }
  EXPECT_EQ(at, 100U);
  return text;
}

TEST(Partition, FillsTheGaps) {
  Cut cut;
  cut.add(10, 20, RangeKind::kInode, 1);
  cut.add(20, 30, RangeKind::kInode, 2);
  cut.add(90, 200, RangeKind::kData, 3);
  cut.add(150, 200, RangeKind::kData, 4);
  EXPECT_EQ(shown(cut.pieces()), "10-20=1x1/1 20-30=2x1/1 90-100=3x1/1 ");
}

TEST(Partition, CountsWhoUsesWhat) {
  Cut cut;
  cut.add(10, 50, RangeKind::kCluster, 1);
  cut.add(20, 30, RangeKind::kCluster, 2);
  cut.add(20, 30, RangeKind::kCluster, 2);
  cut.add(40, 60, RangeKind::kCluster, 1);
  EXPECT_EQ(shown(cut.pieces()),
            "10-20=1x1/1 20-30=1x3/2 30-40=1x1/1 40-50=1x2/1 50-60=1x1/1 ");
}

TEST(Partition, CountsSlackAsNoUse) {
  Cut cut;
  cut.add(10, 50, RangeKind::kRawCluster, 1);
  cut.add(10, 20, RangeKind::kRawCluster, 2);
  cut.add(20, 60, RangeKind::kClusterSlack, 2);
  EXPECT_EQ(shown(cut.pieces()), "10-20=1x2/2 20-50=1x1/1 50-60=2x1/1 ");
}

TEST(Partition, LetsMetadataPrevail) {
  Cut cut;
  cut.add(0, 100, RangeKind::kData, 9);
  cut.add(10, 30, RangeKind::kInode, 1);
  cut.add(20, 40, RangeKind::kSuperblock, 7);
  EXPECT_EQ(shown(cut.pieces()),
            "0-10=9x1/1 10-20=1x2/2 20-30=0x3/3 30-40=0x2/2 40-100=9x1/1 ");
}

TEST(Partition, JoinsWhatIsAlikeButClusters) {
  Cut cut;
  cut.add(0, 10, RangeKind::kInode, 1);
  cut.add(20, 30, RangeKind::kInode, 1);
  cut.add(10, 20, RangeKind::kInode, 1);
  cut.add(40, 50, RangeKind::kCluster, 1);
  cut.add(50, 60, RangeKind::kCluster, 1);
  EXPECT_EQ(shown(cut.pieces()), "0-30=1x1/1 40-50=1x1/1 50-60=1x1/1 ");
}

TEST(Partition, CountsNothingOfWhatWasMerged) {
  Cut cut(Space::Keep::kMerged);
  cut.add(0, 50, RangeKind::kCluster, 1);
  cut.add(0, 50, RangeKind::kCluster, 2);
  cut.add(50, 100, RangeKind::kCluster, 3);
  EXPECT_EQ(shown(cut.pieces()), "0-50=1x0/0 50-100=3x0/0 ");
}

TEST(Partition, GoesThroughTheSpacesThereAre) {
  Cut cut;
  cut.add(0, 100, RangeKind::kData, 1, 3);
  cut.add(0, 100, RangeKind::kData, 2, 5);
  cut.bounds.push_back(cut.bounds[0]);
  cut.bounds[1].space = 5;
  std::vector<Piece> pieces = cut.pieces();
  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_EQ(pieces[0].kind, RangeKind::kUnreferenced);
  EXPECT_EQ(pieces[1].owner, 2U);
  EXPECT_EQ(pieces[1].space, 5U);
}

TEST(Partition, GivesBackWhatItTook) {
  Cut cut;
  for (std::uint64_t i = 0; i < 50; ++i) {
    cut.add(i, 100 - i, RangeKind::kData, i);
  }
  const auto pieces = cut.pieces();
  ASSERT_EQ(pieces.size(), 99U);
  EXPECT_EQ(pieces[49].users, 50U);
  Budget tight({kUnlimited, 200, 0, 0}, format::budget_rules());
  Partition partition(cut.space, tight);
  EXPECT_THAT(partition.run(cut.bounds, [](const Piece&,
                                           const Bounds&) { return Status(); }),
              IsLimit(RuleId::limit_memory_reached));
}

TEST(Partition, StopsWhereTheSinkDoes) {
  Cut cut;
  cut.add(10, 20, RangeKind::kInode, 1);
  cut.space.seal();
  Partition partition(cut.space, cut.budget);
  int seen = 0;
  const Status done =
      partition.run(cut.bounds, [&](const Piece&, const Bounds&) -> Status {
        ++seen;
        return io_fault({}, 1);
      });
  EXPECT_FALSE(done.has_value());
  EXPECT_EQ(seen, 1);
}

}  // namespace
}  // namespace erofs::test
