// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "format/kernel_version.h"

#include <gtest/gtest.h>

#include "format/features.gen.h"

namespace erofs::format {
namespace {

TEST(KernelVersion, ReadsSeriesAndReleases) {
  EXPECT_EQ(kernel_version("6.12"), (KernelVersion{6, 12}));
  EXPECT_EQ(kernel_version("5.4"), (KernelVersion{5, 4}));
  EXPECT_EQ(kernel_version("6.12.117"), (KernelVersion{6, 12}));
}

TEST(KernelVersion, RefusesOtherText) {
  for (const auto* text : {"", "6", "6.", ".6", "6.12.", "6.12.1.2", "6.12-rc1",
                           "v6.12", "6,12", " 6.12", "6.1234567", "-6.1"}) {
    EXPECT_FALSE(kernel_version(text)) << text;
  }
}

TEST(KernelVersion, ComparesByNumber) {
  EXPECT_LT((KernelVersion{6, 6}), (KernelVersion{6, 12}));
  EXPECT_LT((KernelVersion{5, 15}), (KernelVersion{6, 1}));
}

TEST(IncompatSince, TakesTheOldestNameOfABit) {
  EXPECT_EQ(incompat_since(incompat::kDeviceTable), (KernelVersion{5, 16}));
  EXPECT_EQ(incompat_since(incompat::kComprHead2), (KernelVersion{5, 16}));
  EXPECT_EQ(incompat_since(incompat::kMetabox), (KernelVersion{6, 17}));
  EXPECT_FALSE(incompat_since(std::uint32_t{1} << 31));
  // A bit of the other word.
  EXPECT_FALSE(incompat_since(0));
}

}  // namespace
}  // namespace erofs::format
