// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "format/device.gen.h"
#include "support/check_image.h"

namespace erofs::test {
namespace {

using format::DeviceSlotBuilder;

constexpr std::size_t kTable = 1152;  // behind the superblock

CheckImage with(const std::vector<DeviceSlotBuilder>& slots) {
  CheckImage image({directory({})});
  image.edit([&](auto& super) {
    super.feature_incompat(format::incompat::kDeviceTable)
        .extra_devices(static_cast<std::uint16_t>(slots.size()))
        .devt_slotoff(kTable / 128);
  });
  for (std::size_t i = 0; i < slots.size(); ++i) {
    image.put(kTable + i * 128, text_bytes(ByteView(slots[i].bytes()).text()));
  }
  return image;
}

DeviceSlotBuilder tagged(DeviceSlotBuilder slot, std::string_view text) {
  std::array<std::byte, format::DeviceSlotView::kTagSize> tag{};
  std::transform(text.begin(), text.end(), tag.begin(),
                 [](char each) { return static_cast<std::byte>(each); });
  return slot.tag(tag);
}

DeviceSlotBuilder slot(std::uint32_t uniaddr, std::uint32_t blocks) {
  DeviceSlotBuilder out;
  out.uniaddr_lo(uniaddr).blocks_lo(blocks);
  return tagged(out, "blob");
}

TEST(CheckDevice, AcceptsDevicesSideBySide) {
  EXPECT_EQ(rules(with({slot(2, 10), slot(12, 5)})), Rules{});
  EXPECT_EQ(rules(with({slot(0, 10), slot(0, 10)})), Rules{});
}

TEST(CheckDevice, WantsATableForACount) {
  CheckImage image({directory({})});
  image.edit([](auto& super) { super.extra_devices(5); });
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"device.count.needs-table"});
  EXPECT_EQ(finding(report, RuleId::device_count_needs_table).value, 5U);
}

TEST(CheckDevice, WantsDisjointWindows) {
  const auto image = with({slot(2, 10), slot(11, 5)});
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"device.uniaddr.overlap"});
  EXPECT_EQ(finding(report, RuleId::device_uniaddr_overlap).where.offset,
            kTable + 128 + 68);
  // The primary device has two blocks.
  EXPECT_EQ(rules(with({slot(1, 10)})), Rules{"device.uniaddr.overlap"});
}

TEST(CheckDevice, WantsWindowsBehindTheMetadata) {
  // What the superblock declares may end before the inodes do.
  auto image = with({slot(1, 10)});
  image.edit([](auto& super) { super.blocks_lo(1); });
  const Bytes bytes = repeat(0, 40960);
  const image::MemorySource blob(view(bytes));
  const auto report = checked(image, {}, {&blob});
  EXPECT_TRUE(report.has(RuleId::device_uniaddr_overlap));
  EXPECT_EQ(report.exit_code(), 1);
  // Flattened, nothing is looked up through the windows.
  EXPECT_FALSE(checked(image).has(RuleId::device_uniaddr_overlap));
}

TEST(CheckDevice, WantsWindowsWithinTheAddresses) {
  EXPECT_EQ(rules(with({slot(0xFFFFFFF0, 16)})), Rules{});
  EXPECT_EQ(rules(with({slot(0xFFFFFFF0, 17)})), Rules{"device.uniaddr.range"});
  auto image = with({slot(0xFFFFFFF0, 17)});
  image.edit([](auto& super) {
    super.feature_incompat(format::incompat::kDeviceTable |
                           format::incompat::k48bit);
  });
  EXPECT_EQ(rules(image), Rules{});
}

TEST(CheckDevice, ComparesBlobsWithTheirSlots) {
  const auto image = with({slot(2, 10)});
  const Bytes whole = repeat(0, 40960);
  const image::MemorySource fits(view(whole));
  const image::MemorySource cut(view(whole).head(40959));
  EXPECT_EQ(rules(checked(image, {}, {&fits})), Rules{});
  EXPECT_EQ(rules(checked(image, {}, {&cut})),
            Rules{"device.blocks.within-device"});
  EXPECT_EQ(checked(image, {}, {&fits}).summary.devices_given, 1U);
  EXPECT_EQ(checked(image, {}, {&fits, &fits}).exit_code(), 5);
}

TEST(CheckDevice, JudgesFields) {
  auto high = slot(2, 10);
  high.blocks_hi(1);
  EXPECT_EQ(rules(with({high})), Rules{"device.high.needs-48bit"});
  auto image = with({slot(2, 10)});
  image.byte(kTable + 127, 1);
  EXPECT_EQ(rules(image), Rules{"device.reserved.zero"});
}

TEST(CheckDevice, WantsPlainTags) {
  const auto tagged = [](const Bytes& tag) {
    auto image = with({slot(2, 10)});
    image.put(kTable, tag);
    return image;
  };
  EXPECT_EQ(rules(tagged(text_bytes("sha256-0123"))), Rules{});
  EXPECT_EQ(rules(tagged(hex("6162 00 2f"))), Rules{});
  EXPECT_EQ(rules(tagged(text_bytes("../passwd"))), Rules{"device.tag.plain"});
  EXPECT_EQ(rules(tagged(hex("61 0a"))), Rules{"device.tag.plain"});
  EXPECT_EQ(rules(tagged(hex("61 7f"))), Rules{"device.tag.plain"});
}

// A Go writer is known to do this.
TEST(CheckDevice, MentionsASlotOnTheSuperblock) {
  auto image = with({slot(2, 10)});
  image.edit([](auto& super) { super.devt_slotoff(8); });
  const auto report = checked(image);
  // The slot that is there is nobody's.
  EXPECT_EQ(rules(report),
            (Rules{"device.table.placement", "space.padding.zero"}));
  EXPECT_EQ(report.exit_code(), 0);
}

TEST(CheckDevice, WantsTheTableBesideTheRest) {
  auto image = with({slot(2, 10)});
  image.edit([](auto& super) { super.devt_slotoff(4096 / 128); });
  EXPECT_TRUE(checked(image).has(RuleId::space_metadata_overlap));
  EXPECT_EQ(checked(image).exit_code(), 1);
}

TEST(CheckDevice, WantsATag) {
  const auto report = checked(with({slot(2, 10), tagged(slot(12, 5), "")}));
  EXPECT_EQ(rules(report), Rules{"device.tag.nonempty"});
  EXPECT_EQ(finding(report, RuleId::device_tag_nonempty).where.offset,
            kTable + 128);
}

}  // namespace
}  // namespace erofs::test
