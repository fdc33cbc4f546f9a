// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include "plan/cluster_index.h"
#include "support/hex_bytes.h"

namespace erofs::plan {
namespace {

// The examples of the specification, "The full index".
TEST(FullIndex, SaysWhatTheSpecificationShows) {
  const std::vector<Extent> extents = {
      {.length = 8149, .stored = 4096, .start = 1 * 4096},
      {.length = 6307, .stored = 4096, .start = 2 * 4096},
      {.length = 1928, .stored = 4096, .start = 3 * 4096},
      {.length = 3316, .stored = 4096, .start = 4 * 4096, .form = Form::kRaw}};
  const MapFacts facts{.size = 19700};
  const auto bytes = full_index(extents, facts);
  EXPECT_EQ(bytes.size(), full_index_size(facts));
  EXPECT_EQ(test::hex_of(bytes),
            "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
            "01 00 00 00 01 00 00 00 01 00 d5 0f 02 00 00 00 "
            "02 00 00 00 01 00 01 00 01 00 78 08 03 00 00 00 "
            "00 00 00 00 04 00 00 00");
}

TEST(FullIndex, CountsBlocksOfBigClusters) {
  const std::vector<Extent> extents = {
      {.length = 18455, .stored = 8192, .start = 4 * 4096},
      {.length = 6545, .stored = 4096, .start = 6 * 4096}};
  const MapFacts facts{.size = 25000, .big = true};
  EXPECT_EQ(test::hex_of(full_index(extents, facts)),
            "00 00 00 00 06 00 00 00 00 00 00 00 00 00 00 00 "
            "01 00 00 00 04 00 00 00 02 00 00 00 02 08 03 00 "
            "02 00 00 00 02 00 02 00 02 00 00 00 03 00 01 00 "
            "01 00 17 08 06 00 00 00 02 00 00 00 01 08 01 00 "
            "00 00 a8 01 00 00 00 00");
}

TEST(FullIndex, MarksPartialReferences) {
  const std::vector<Extent> extents = {
      {.length = 4096, .stored = 4096, .start = 4096, .partial = true}};
  const auto bytes = full_index(extents, {.size = 4096});
  EXPECT_EQ(test::hex_of(std::span(bytes).last(8)), "01 80 00 00 01 00 00 00");
}

}  // namespace
}  // namespace erofs::plan
