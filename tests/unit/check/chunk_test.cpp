// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include "support/check_image.h"

namespace erofs::test {
namespace {

// Bits of the chunk format.
constexpr std::uint32_t kIndexes = 32;
constexpr std::uint32_t kWide = 64;

// A file "it" of `chunks` blocks and chunks, all in the last block.
CheckImage chunked(std::uint32_t format, const Bytes& table,
                   std::uint32_t chunks = 1) {
  TestNode node = special(format::ModeType::kRegular);
  node.layout = format::Layout::kChunkBased;
  node.table = table;
  node.edit = [=](auto& b) { b.i_u(format).i_size(chunks * 4096); };
  CheckImage image({directory({{"it", 1}}), node});
  image.append(1);
  image.edit([&](auto& super) {
    super.feature_incompat(
        format::incompat::kChunkedFile |
        ((format & kWide) == 0 ? 0 : format::incompat::k48bit));
  });
  return image;
}

TEST(CheckChunk, AcceptsMapsAndIndexes) {
  EXPECT_EQ(rules(chunked(0, hex("02000000"))), Rules{});
  EXPECT_EQ(rules(chunked(kIndexes, hex("0000 0000 02000000"))), Rules{});
  EXPECT_EQ(rules(chunked(kIndexes | kWide, hex("0000 0000 02000000"))),
            Rules{});
}

TEST(CheckChunk, LooksAtEveryEntry) {
  const auto report =
      checked(chunked(0, hex("02000000 05000000 02000000 06000000"), 4));
  EXPECT_EQ(rules(report), Rules{"chunk.address.within-device"});
  EXPECT_EQ(report.count(format::RuleClass::kMalformed), 2U);
}

TEST(CheckChunk, WantsKnownDeviceBits) {
  const auto image = chunked(kIndexes, hex("0000 0001 02000000"));
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"device.id.high-bits"});
  const auto& found = finding(report, RuleId::device_id_high_bits);
  EXPECT_EQ(found.value, 256U);
  EXPECT_EQ(found.where.offset, image.at(1) + 32 + 2);
  // Nobody looks at the device of a hole.
  EXPECT_EQ(rules(chunked(kIndexes, hex("0000 0001 ffffffff"))), Rules{});
}

TEST(CheckChunk, WantsHighBitsOnlyWhereTheyCount) {
  EXPECT_EQ(rules(chunked(kIndexes, hex("0100 0000 02000000"))),
            Rules{"chunk.startblk_hi.needs-48bit"});
  EXPECT_EQ(rules(chunked(kIndexes | kWide, hex("0100 0000 02000000"))),
            Rules{"chunk.address.within-device"});
}

TEST(CheckChunk, WantsRoomForWideAddresses) {
  EXPECT_EQ(rules(chunked(kWide, hex("02000000"))),
            Rules{"chunk.48bit.needs-indexes"});
}

TEST(CheckChunk, JudgesFields) {
  EXPECT_EQ(rules(chunked(1U << 16, hex("02000000"))),
            Rules{"chunk.reserved.zero"});
  EXPECT_EQ(rules(chunked(1U << 7, hex("02000000"))),
            Rules{"chunk.format.known"});
}

// 2^17 entries for 512 MiB: the table is looked at, not the content.
TEST(CheckChunk, IsLinearInTheTable) {
  const std::uint32_t count = 1U << 17;
  const auto image = chunked(0, repeat(0xFF, count * 4), count);
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{});
  EXPECT_EQ(report.inventory.hole_bytes, std::uint64_t{count} * 4096);
  EXPECT_LT(report.work_spent, 4 * image.bytes.size());
}

// Each inode claims the same table; the budget ends it.
TEST(CheckChunk, EndsWhereTablesAreShared) {
  const std::uint32_t count = 1U << 15;
  std::vector<Child> children;
  std::vector<TestNode> nodes(1);
  for (std::size_t i = 1; i <= 100; ++i) {
    TestNode node = special(format::ModeType::kRegular);
    node.layout = format::Layout::kChunkBased;
    node.edit = [=](auto& b) { b.i_u(kIndexes).i_size(count * 4096); };
    children.push_back({std::to_string(10000 + i), i});
    nodes.push_back(node);
  }
  nodes[0] = directory(children);
  CheckImage image(nodes);
  image.append(count * 8 / 4096);
  const std::uint64_t lots = std::uint64_t{1} << 40;
  const auto report =
      checked(image, Limits{std::uint64_t{1} << 20, lots, lots, lots});
  EXPECT_TRUE(report.has(RuleId::limit_work_reached));
  EXPECT_FALSE(report.usage_known);
}

TEST(CheckChunk, MentionsHolesThatBecameABlock) {
  const auto at_first = [](const char* table) {
    CheckImage image = chunked(kIndexes, hex(table), 3);
    image.edit([](auto& super) {
      super
          .feature_incompat(format::incompat::kChunkedFile |
                            format::incompat::kDeviceTable)
          .extra_devices(2)
          .devt_slotoff(12);
    });
    return rules(image).contains("chunk.address.first-block");
  };
  EXPECT_TRUE(
      at_first("0000 0100 00000000 0000 0000 02000000"
               "0000 0100 00000000"));
  EXPECT_FALSE(
      at_first("0000 0100 00000000 0000 0200 00000000"
               "0000 0100 01000000"));
}

}  // namespace
}  // namespace erofs::test
