// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/cluster_header.h"

#include <gtest/gtest.h>

#include "support/hex_bytes.h"

namespace erofs::plan {
namespace {

TEST(ClusterHeader, SaysHowTheLastExtentIsKept) {
  std::vector<Extent> extents = {{.length = 100, .stored = 4096}};
  EXPECT_EQ(test::hex_of(cluster_header(extents, {.algorithm = 3}).bytes()),
            "00 00 00 00 00 00 03 00");
  extents[0].form = Form::kInlineRaw;
  extents[0].stored = 0x115;
  EXPECT_EQ(test::hex_of(cluster_header(extents, {}).bytes()),
            "00 00 15 01 08 00 00 00");
  extents[0].form = Form::kFragment;
  extents[0].start = 28322;
  EXPECT_EQ(test::hex_of(cluster_header(extents, {.big = true}).bytes()),
            "a2 6e 00 00 26 00 00 00");
}

TEST(ClusterHeader, GivesAWholeFragmentAllBitsButOne) {
  EXPECT_EQ(test::hex_of(fragment_header(0)), "00 00 00 00 00 00 00 80");
  EXPECT_EQ(test::hex_of(fragment_header(0x123456789A)),
            "9a 78 56 34 12 00 00 80");
}

}  // namespace
}  // namespace erofs::plan
