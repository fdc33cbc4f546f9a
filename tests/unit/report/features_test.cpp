// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/features.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "format/features.gen.h"

namespace erofs::report {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

check::Summary summary_with(std::uint32_t incompat) {
  check::Summary summary;
  summary.known = true;
  summary.block_size = 4096;
  summary.feature_incompat = incompat;
  return summary;
}

TEST(FeatureNames, AreListedLowBitsFirst) {
  EXPECT_THAT(feature_names(0, true), IsEmpty());
  EXPECT_THAT(feature_names(format::incompat::kChunkedFile |
                                format::incompat::kLz40padding,
                            true),
              ElementsAre("LZ4_0PADDING", "CHUNKED_FILE"));
  EXPECT_THAT(feature_names(1, false), ElementsAre("SB_CHKSUM"));
}

TEST(FeatureNames, KeepBothNamesOfASharedBit) {
  EXPECT_THAT(feature_names(format::incompat::kDedupe, true),
              ElementsAre("FRAGMENTS/DEDUPE"));
}

TEST(FeatureNames, NumberUnknownBits) {
  EXPECT_THAT(feature_names(std::uint32_t{1} << 31, true),
              ElementsAre("bit 31"));
}

TEST(NeedsLinux, IsTheLatestOfAllFeatures) {
  EXPECT_EQ(needs_linux(summary_with(0)), "5.4");
  EXPECT_EQ(needs_linux(summary_with(format::incompat::kLz40padding)), "5.4");
  EXPECT_EQ(needs_linux(summary_with(format::incompat::kChunkedFile)), "5.15");
  EXPECT_EQ(needs_linux(summary_with(format::incompat::kDeviceTable |
                                     format::incompat::k48bit)),
            "6.15");
}

TEST(NeedsLinux, ComparesNumbersNotText) {
  EXPECT_EQ(needs_linux(summary_with(format::incompat::kXattrPrefixes |
                                     format::incompat::kZtailpacking)),
            "6.4");
}

TEST(NeedsLinux, CountsOtherBlockSizes) {
  check::Summary summary = summary_with(0);
  summary.block_size = 512;
  EXPECT_EQ(needs_linux(summary), "6.4");
  summary.feature_incompat = format::incompat::kMetabox;
  EXPECT_EQ(needs_linux(summary), "6.17");
}

}  // namespace
}  // namespace erofs::report
