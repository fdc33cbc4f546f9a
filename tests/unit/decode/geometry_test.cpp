// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/geometry.h"

#include <gtest/gtest.h>

#include <limits>

namespace erofs::decode {
namespace {

constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t kMetabox = std::uint64_t{1} << 63;

TEST(Geometry, BlockSizeAndOffset) {
  Geometry geometry;
  geometry.block_bits = 9;
  EXPECT_EQ(geometry.block_size(), 512U);
  EXPECT_EQ(geometry.block_offset(1535), 511U);
  EXPECT_EQ(geometry.block_offset(kMax), 511U);
  geometry.block_bits = 16;
  EXPECT_EQ(geometry.block_size(), 65536U);
  EXPECT_EQ(geometry.block_offset(65536), 0U);
}

TEST(Geometry, BlockAtRefusesWhatPasses64Bits) {
  Geometry geometry;
  geometry.block_bits = 12;
  EXPECT_EQ(geometry.block_at(0), 0U);
  EXPECT_EQ(geometry.block_at(3), 12288U);
  EXPECT_EQ(geometry.block_at(kMax >> 12), kMax - 4095);
  EXPECT_EQ(geometry.block_at((kMax >> 12) + 1), std::nullopt);
}

TEST(Geometry, InodesCountFromTheMetadataBlock) {
  Geometry geometry;
  geometry.block_bits = 12;
  EXPECT_EQ(geometry.inode_at(36), 1152U);
  geometry.meta_blkaddr = 2;
  EXPECT_EQ(geometry.inode_at(0), 8192U);
  EXPECT_EQ(geometry.inode_at(36), 8192U + 1152U);
}

TEST(Geometry, InodesOfTheMetaboxCountFromItsStart) {
  Geometry geometry;
  geometry.block_bits = 12;
  geometry.meta_blkaddr = 2;
  EXPECT_EQ(geometry.inode_at(kMetabox | 36), 1152U);
  EXPECT_EQ(geometry.inode_at(kMetabox), 0U);
}

TEST(Geometry, InodeAtRefusesWhatPasses64Bits) {
  Geometry geometry;
  geometry.block_bits = 12;
  const std::uint64_t last = kMax >> 5;
  EXPECT_EQ(geometry.inode_at(last), kMax - 31);
  EXPECT_EQ(geometry.inode_at(last + 1), std::nullopt);
  EXPECT_EQ(geometry.inode_at(kMetabox | last), kMax - 31);
  EXPECT_EQ(geometry.inode_at(kMetabox | (last + 1)), std::nullopt);
  EXPECT_EQ(geometry.inode_at(kMax), std::nullopt);
  // Only the sum with the metadata block is too large.
  geometry.meta_blkaddr = 1;
  EXPECT_EQ(geometry.inode_at(last - 128), kMax - 31);
  EXPECT_EQ(geometry.inode_at(last - 127), std::nullopt);
}

TEST(Geometry, SharedXattrsAreCountedInUnitsOfFour) {
  Geometry geometry;
  geometry.block_bits = 12;
  EXPECT_EQ(geometry.shared_xattr_at(288), 1152U);
  geometry.xattr_blkaddr = 1;
  EXPECT_EQ(geometry.shared_xattr_at(0), 4096U);
  geometry.block_bits = 16;
  geometry.xattr_blkaddr = 0xFFFFFFFF;
  EXPECT_EQ(geometry.shared_xattr_at(0xFFFFFFFF),
            0xFFFFFFFF0000U + 0x3FFFFFFFCU);
}

TEST(Geometry, DeviceIdMaskIsTheNextPowerOfTwo) {
  const auto mask = [](std::uint16_t devices) {
    Geometry geometry;
    geometry.extra_devices = devices;
    return geometry.device_id_mask();
  };
  EXPECT_EQ(mask(0), 0);
  EXPECT_EQ(mask(1), 1);
  EXPECT_EQ(mask(2), 3);
  EXPECT_EQ(mask(3), 3);
  EXPECT_EQ(mask(4), 7);
  EXPECT_EQ(mask(32767), 32767);
  EXPECT_EQ(mask(32768), 65535);
  EXPECT_EQ(mask(65535), 65535);
}

}  // namespace
}  // namespace erofs::decode
