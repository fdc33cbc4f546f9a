// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/options.h"

#include <gtest/gtest.h>

#include "image/memory_target.h"

namespace erofs::emit {
namespace {

TEST(Options, RefuseWhatMakesNoImage) {
  EXPECT_EQ(complaint({}), nullptr);
  EXPECT_NE(complaint({.block_bits = 8}), nullptr);
  EXPECT_NE(complaint({.block_bits = 17}), nullptr);
  EXPECT_EQ(complaint({.label = std::string(16, 'l')}), nullptr);
  EXPECT_NE(complaint({.label = std::string(17, 'l')}), nullptr);
  EXPECT_NE(complaint({.chunk_bits = 11}), nullptr);
  EXPECT_EQ(complaint({.chunk_bits = 43}), nullptr);
  EXPECT_NE(complaint({.chunk_bits = 44}), nullptr);
  image::MemoryTarget blob;
  Options options;
  options.blob = &blob;
  EXPECT_NE(complaint(options), nullptr);
  options.chunk_bits = 12;
  EXPECT_EQ(complaint(options), nullptr);
}

TEST(Options, RefuseClustersTheFormatLacks) {
  Options options;
  options.methods.resize(1);
  options.pcluster = 4096;
  EXPECT_EQ(complaint(options), nullptr);
  options.pcluster = 6144;
  EXPECT_NE(complaint(options), nullptr);
  options.pcluster = 1U << 20;
  EXPECT_EQ(complaint(options), nullptr);
  options.block_bits = 9;  // 2048 blocks are one more than can be counted
  EXPECT_NE(complaint(options), nullptr);
  options.pcluster = 2047 * 512;
  EXPECT_EQ(complaint(options), nullptr);
  options.extent_max = 511;
  EXPECT_NE(complaint(options), nullptr);
  options.extent_max = 13U << 20;
  EXPECT_NE(complaint(options), nullptr);
  options.extent_max = 0;
  options.fragments = true;
  EXPECT_NE(complaint(options), nullptr);
  image::MemoryTarget packed;
  options.packed = &packed;
  EXPECT_EQ(complaint(options), nullptr);
  options.methods.clear();
  EXPECT_NE(complaint(options), nullptr);
}

}  // namespace
}  // namespace erofs::emit
