// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/cluster_table.h"

#include <gtest/gtest.h>

#include <limits>

namespace erofs::report {
namespace {

TEST(ClusterTable, IsEmptyWithoutClusters) { EXPECT_EQ(cluster_table({}), ""); }

TEST(ClusterTable, HasALineForEachFormInUse) {
  check::Inventory inventory;
  inventory.by_algorithm[1] = {2, 4096, 16384};
  inventory.raw_clusters = {1, 4096, 4000};
  inventory.fragments = {7, 0, 700};
  EXPECT_EQ(cluster_table(inventory),
            "  form            extents      content       stored   share\n"
            "  lzma                  2     16.0 KiB      4.0 KiB    25 %\n"
            "  raw                   1      3.9 KiB      4.0 KiB   102 %\n"
            "  fragments             7    700 bytes            -       -\n");
}

TEST(ClusterTable, NamesEveryForm) {
  std::string names;
  for (const NamedUse& use : cluster_uses({})) {
    names.append(use.name).append(1, ' ');
  }
  EXPECT_EQ(names, "lz4 lzma deflate zstd raw inline fragments ");
}

TEST(ClusterTable, SurvivesNumbersOfBrokenImages) {
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  check::Inventory inventory;
  inventory.by_algorithm[0] = {kMost, kMost, kMost};
  EXPECT_NE(cluster_table(inventory).find("      -\n"), std::string::npos);
}

}  // namespace
}  // namespace erofs::report
