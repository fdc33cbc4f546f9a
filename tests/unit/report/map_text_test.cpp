// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/map_text.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/fault.h"

namespace erofs::report {
namespace {

using check::Bounds;
using check::Piece;
using check::RangeKind;

std::string text_of(const std::vector<Piece>& pieces, bool full = false) {
  MapText map(full);
  std::string text;
  for (const Piece& each : pieces) {
    Bounds bounds;
    bounds.space = each.space;
    bounds.size = 99;
    text +=
        map.piece(each, bounds, check::of_an_inode(each.kind) ? "/a b" : "");
  }
  return text + map.end();
}

auto lines(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n');
}

TEST(MapText, IsATable) {
  EXPECT_EQ(
      text_of({{0, 5, 0, 0, 0, 0, RangeKind::kBootArea},
               {5, 9, 36, 3, 2, 0, RangeKind::kCluster},
               {0, 9, 7, 1, 1, Place::kMetabox, RangeKind::kSharedXattr}}),
      "image: 99 bytes\n"
      "         begin            end        bytes  what                    nid "
      "used      path\n"
      "             0              5            5  boot area\n"
      "             5              9            4  cluster                  36 "
      "x3 of 2   /a%20b\n"
      "\n"
      "metabox: 99 bytes\n"
      "         begin            end        bytes  what                    nid "
      "used      path\n"
      "             0              9            9  shared xattr           id "
      "7\n");
}

TEST(MapText, JoinsClustersThatAreAlike) {
  const std::vector<Piece> pieces = {{0, 5, 1, 1, 1, 0, RangeKind::kCluster},
                                     {5, 9, 1, 1, 1, 0, RangeKind::kCluster},
                                     {9, 12, 1, 2, 1, 0, RangeKind::kCluster},
                                     {12, 20, 2, 2, 1, 0, RangeKind::kCluster}};
  EXPECT_EQ(lines(text_of(pieces)), 2 + 3);
  EXPECT_NE(text_of(pieces).find(" 9  2 clusters "), std::string::npos);
  EXPECT_EQ(lines(text_of(pieces, true)), 2 + 4);
}

TEST(MapText, AddsUp) {
  MapTotals totals;
  totals.note({0, 10, 0, 0, 0, 0, RangeKind::kBootArea});
  totals.note({10, 15, 0, 0, 0, 0, RangeKind::kData});
  EXPECT_EQ(map_totals_text(totals),
            "\nimage, by kind\n"
            "  data                          5    1 piece\n"
            "  boot area                    10    1 piece\n"
            "  sum                          15   2 pieces\n");
}

}  // namespace
}  // namespace erofs::report
