// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/map_json.h"

#include <gtest/gtest.h>

#include "base/fault.h"

namespace erofs::report {
namespace {

using check::Piece;
using check::RangeKind;

TEST(MapJson, IsALineForEachPiece) {
  EXPECT_EQ(
      map_head_json("a\n", 7),
      "{\"schema\":\"erofs-ref/map/1\",\"image\":\"a\\n\",\"bytes\":7}\n");
  EXPECT_EQ(map_piece_json(Piece{1, 5, 0, 0, 0, 0, RangeKind::kPadding}, ""),
            "{\"offset\":1,\"length\":4,\"kind\":\"padding\"}\n");
  EXPECT_EQ(
      map_piece_json(
          Piece{1, 5, 36, 3, 2, Place::kMetabox, RangeKind::kCluster}, "/a b"),
      "{\"space\":\"metabox\",\"offset\":1,\"length\":4,\"kind\":\"cluster\","
      "\"nid\":36,\"path\":\"/a%20b\",\"uses\":3,\"users\":2}\n");
  EXPECT_EQ(
      map_piece_json(Piece{1, 5, 9, 1, 1, 2, RangeKind::kSharedXattr}, ""),
      "{\"space\":\"device 2\",\"offset\":1,\"length\":4,"
      "\"kind\":\"shared_xattr\",\"id\":9}\n");
}

TEST(MapJson, NamesNoPathWhereThereIsNone) {
  EXPECT_EQ(map_piece_json(Piece{0, 1, 3, 1, 1, 0, RangeKind::kInode},
                           "(packed inode)"),
            "{\"offset\":0,\"length\":1,\"kind\":\"inode\",\"nid\":3,"
            "\"uses\":1,\"users\":1}\n");
}

TEST(MapJson, EndsWithTheSums) {
  MapTotals totals;
  totals.note(Piece{0, 10, 0, 0, 0, 0, RangeKind::kBootArea});
  totals.note(Piece{10, 15, 0, 0, 0, 0, RangeKind::kData});
  totals.note(Piece{20, 25, 0, 0, 0, 0, RangeKind::kData});
  totals.note(Piece{0, 3, 0, 0, 0, 1, RangeKind::kUnreferenced});
  EXPECT_EQ(map_totals_json(totals, true),
            "{\"totals\":[{\"bytes\":20,\"kinds\":{\"data\":10,"
            "\"boot_area\":10}},{\"space\":\"device 1\",\"bytes\":3,"
            "\"kinds\":{\"unreferenced\":3}}],\"whole\":true}\n");
}

}  // namespace
}  // namespace erofs::report
