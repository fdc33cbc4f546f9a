// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/inode_shape.h"

#include <gtest/gtest.h>

#include "support/hex_bytes.h"

namespace erofs::plan {
namespace {

TEST(InodeShape, IsCompactWhileEverythingFits) {
  const Time epoch{1000, 5};
  const InodeFacts fits{.uid = 65535,
                        .gid = 65535,
                        .nlink = 65535,
                        .size = 0xFFFFFFFF,
                        .time = epoch};
  EXPECT_EQ(not_compact(fits, epoch, false), nullptr);
  InodeFacts other = fits;
  other.uid = 65536;
  EXPECT_NE(not_compact(other, epoch, false), nullptr);
  other = fits;
  other.nlink = 65536;
  EXPECT_NE(not_compact(other, epoch, false), nullptr);
  other = fits;
  other.size = 1ULL << 32;
  EXPECT_NE(not_compact(other, epoch, false), nullptr);
  other = fits;
  other.time.nanoseconds = 6;
  EXPECT_NE(not_compact(other, epoch, false), nullptr);
}

TEST(InodeShape, CountsSecondsFromTheImagesTimeWhereItMay) {
  const Time epoch{1000, 5};
  InodeFacts facts{.time = {1000 + 0xFFFFFFFFLL, 5}};
  EXPECT_NE(not_compact(facts, epoch, false), nullptr);
  EXPECT_EQ(not_compact(facts, epoch, true), nullptr);
  const auto bytes = inode_bytes(facts, {.dot_omitted = true}, epoch, true);
  EXPECT_EQ(test::hex_of(std::span(bytes).first(16)),
            "10 00 00 00 00 80 01 00 00 00 00 00 ff ff ff ff");
  facts.time.seconds += 1;
  EXPECT_NE(not_compact(facts, epoch, true), nullptr);
  facts.time = {999, 5};
  EXPECT_NE(not_compact(facts, epoch, true), nullptr);
  facts.time = {1001, 4};
  EXPECT_NE(not_compact(facts, epoch, true), nullptr);
}

TEST(InodeShape, WritesBothForms) {
  const InodeFacts facts{.permissions = 0644,
                         .uid = 1,
                         .gid = 2,
                         .nlink = 3,
                         .size = 10,
                         .time = {7, 8},
                         .number = 9};
  const InodeData data{
      .layout = format::Layout::kFlatInline, .i_u = 5, .xattr_bytes = 20};
  EXPECT_EQ(test::hex_of(inode_bytes(facts, data, facts.time, true)),
            "04 00 03 00 a4 81 03 00 0a 00 00 00 00 00 00 00 "
            "05 00 00 00 09 00 00 00 01 00 02 00 00 00 00 00");
  EXPECT_EQ(test::hex_of(inode_bytes(facts, data, {}, false)),
            "05 00 03 00 a4 81 00 00 0a 00 00 00 00 00 00 00 "
            "05 00 00 00 09 00 00 00 01 00 00 00 02 00 00 00 "
            "07 00 00 00 00 00 00 00 08 00 00 00 03 00 00 00 "
            "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00");
}

TEST(InodeShape, PacksDeviceNumbers) {
  EXPECT_EQ(device_number(1, 3), 0x103U);
  EXPECT_EQ(device_number(4095, 1048575), 0xFFFFFFFFU);
  EXPECT_TRUE(device_fits(4095, 1048575));
  EXPECT_FALSE(device_fits(4096, 0));
  EXPECT_FALSE(device_fits(0, 1048576));
}

}  // namespace
}  // namespace erofs::plan
