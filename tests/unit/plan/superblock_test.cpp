// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/superblock.h"

#include <gtest/gtest.h>

#include "support/hex_bytes.h"

namespace erofs::plan {
namespace {

TEST(Superblock, StandsAloneOrBeforeRecordsAndDevices) {
  ImageFacts facts;
  EXPECT_EQ(front_size(facts), 1024U + 128);
  facts.codecs.resize(16);
  EXPECT_EQ(front_size(facts), 1024U + 128 + 16);
  facts.devices.resize(2);
  EXPECT_EQ(front_size(facts), 1024U + 256 + 2 * 128);
  EXPECT_EQ(front_bytes(facts).size(), front_size(facts) - 1024);
}

TEST(Superblock, SaysWhatItIsTold) {
  ImageFacts facts;
  facts.blocks = 0x1234;
  facts.inodes = 5;
  facts.root = 36;
  facts.epoch = {1000, 7};
  facts.label = "volume";
  facts.compat = 3;
  const auto bytes = front_bytes(facts);
  EXPECT_EQ(test::hex_of(std::span(bytes).first(0x30)),
            "e2 e1 f5 e0 00 00 00 00 03 00 00 00 0c 00 24 00 "
            "05 00 00 00 00 00 00 00 e8 03 00 00 00 00 00 00 "
            "07 00 00 00 34 12 00 00 00 00 00 00 00 00 00 00");
  EXPECT_EQ(test::hex_of(std::span(bytes).subspan(0x40, 8)),
            "76 6f 6c 75 6d 65 00 00");
}

TEST(Superblock, DescribesDevices) {
  ImageFacts facts;
  facts.devices.push_back({.tag = "ab", .blocks = 9, .unified = 0x100000002});
  const auto bytes = front_bytes(facts);
  EXPECT_EQ(test::hex_of(std::span(bytes).subspan(0x56, 4)), "01 00 09 00");
  EXPECT_EQ(test::hex_of(std::span(bytes).subspan(128, 3)), "61 62 00");
  EXPECT_EQ(test::hex_of(std::span(bytes).subspan(128 + 64, 12)),
            "09 00 00 00 02 00 00 00 00 00 01 00");
}

TEST(Superblock, ChecksTheRestOfItsBlock) {
  EXPECT_EQ(checksum_span(12), 3072U);
  EXPECT_EQ(checksum_span(11), 1024U);
  EXPECT_EQ(checksum_span(10), 1024U);
  EXPECT_EQ(checksum_span(9), 512U);
  std::vector<std::byte> front(128);
  const auto digits = std::string("123456789");
  std::vector<std::byte> span;
  for (const char each : digits) span.push_back(std::byte(each));
  set_checksum(front, checksum_of(span));
  EXPECT_EQ(test::hex_of(std::span(front).subspan(4, 4)), "7c 6d f9 1c");
}

}  // namespace
}  // namespace erofs::plan
