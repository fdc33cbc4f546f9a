// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/device_map.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <memory>

#include "format/rule_ids.gen.h"
#include "image/memory_source.h"
#include "support/hex.h"
#include "support/matchers.h"

namespace erofs::map {
namespace {

using test::Bytes;
using test::FaultsWith;
using test::repeat;
using test::Succeeds;
using test::view;

constexpr RuleId kOutside = RuleId::chunk_address_within_device;
constexpr Place kStored{Place::kPrimary, 4711};
constexpr std::uint64_t kBlock = 512;

decode::DeviceSlot slot(std::uint64_t uniaddr, std::uint64_t blocks) {
  decode::DeviceSlot out;
  out.uniaddr = uniaddr;
  out.blocks = blocks;
  return out;
}

// A primary of 16 blocks, blobs of 8, all with the id of their device in
// every byte.
struct Devices {
  Bytes primary_bytes = repeat(0, 16 * kBlock);
  image::MemorySource primary{view(primary_bytes)};
  std::vector<Bytes> blob_bytes;
  std::vector<std::unique_ptr<image::MemorySource>> sources;
  std::vector<const image::Source*> blobs;

  DeviceMap map(std::vector<decode::DeviceSlot> slots, bool given) {
    decode::Geometry geometry;
    geometry.block_bits = 9;
    geometry.extra_devices = static_cast<std::uint16_t>(slots.size());
    blob_bytes.reserve(slots.size());
    for (std::size_t i = 0; given && i < slots.size(); ++i) {
      blob_bytes.push_back(
          repeat(static_cast<std::uint8_t>(i + 1), 8 * kBlock));
      sources.push_back(
          std::make_unique<image::MemorySource>(view(blob_bytes.back())));
      blobs.push_back(sources.back().get());
    }
    return DeviceMap(primary, blobs, std::move(slots), geometry);
  }
};

// Block `block` and `count` of them.
Result<Location> locate(const DeviceMap& map, std::uint16_t id,
                        std::uint64_t block, std::uint64_t count = 1) {
  return map.locate(id, block * kBlock, count * kBlock, kOutside, kStored);
}

testing::AssertionResult is_at(const Result<Location>& found,
                               std::uint32_t device, std::uint64_t block) {
  if (!found) {
    return testing::AssertionFailure() << testing::PrintToString(found.error());
  }
  const Place want{device, block * kBlock};
  if (found->place == want && found->source != nullptr) {
    return testing::AssertionSuccess();
  }
  return testing::AssertionFailure() << testing::PrintToString(found->place);
}

auto refused(std::uint64_t end_block) {
  return FaultsWith(
      Fault{FaultKind::kMalformed, kOutside, kStored, end_block * kBlock});
}

auto not_given(std::uint64_t id) {
  return FaultsWith(
      Fault{FaultKind::kIo, RuleId::device_blob_present, kStored, id});
}

TEST(DeviceMap, PrimaryAlone) {
  Devices devices;
  const DeviceMap map = devices.map({}, false);
  EXPECT_FALSE(map.flattened());
  EXPECT_TRUE(is_at(locate(map, 0, 3, 13), 0, 3));
  EXPECT_THAT(locate(map, 0, 3, 14), refused(17));
  EXPECT_THAT(locate(map, 0, 17, 0), refused(17));
  // Without a table the mask is zero, and every id means the primary.
  EXPECT_TRUE(is_at(locate(map, 0x8001, 3), 0, 3));
  EXPECT_EQ(map.device(0), &devices.primary);
  EXPECT_EQ(map.device(1), nullptr);
}

TEST(DeviceMap, AddressesThatPass64BitsAreOutside) {
  Devices devices;
  const DeviceMap map = devices.map({slot(32, 8)}, false);
  const std::uint64_t last = ~std::uint64_t{0} - (kBlock - 1);
  const auto all = FaultsWith(
      Fault{FaultKind::kMalformed, kOutside, kStored, ~std::uint64_t{0}});
  EXPECT_THAT(map.locate(0, last, 2 * kBlock, kOutside, kStored), all);
  EXPECT_THAT(
      map.locate(1, last, 1, kOutside, kStored),
      FaultsWith(Fault{FaultKind::kMalformed, kOutside, kStored, last + 1}));
}

TEST(DeviceMap, IdsReadTheirBlob) {
  Devices devices;
  const DeviceMap map = devices.map({slot(0, 8), slot(0, 8)}, true);
  EXPECT_FALSE(map.flattened());
  EXPECT_TRUE(is_at(locate(map, 1, 7), 1, 7));
  EXPECT_TRUE(is_at(locate(map, 2, 0, 8), 2, 0));
  EXPECT_THAT(locate(map, 2, 1, 8), refused(9));
  // Masked to two bits.
  EXPECT_TRUE(is_at(locate(map, 0xFFFE, 0), 2, 0));
  EXPECT_THAT(locate(map, 3, 0),
              FaultsWith(Fault{FaultKind::kMalformed, RuleId::device_id_range,
                               kStored, 3}));
  EXPECT_EQ(map.device(2), devices.blobs[1]);
  EXPECT_EQ(map.device(3), nullptr);
}

TEST(DeviceMap, IdZeroGoesThroughTheUnifiedSpace) {
  Devices devices;
  const DeviceMap map = devices.map({slot(32, 8), slot(20, 4)}, true);
  EXPECT_TRUE(is_at(locate(map, 0, 15), 0, 15));
  EXPECT_TRUE(is_at(locate(map, 0, 20, 4), 2, 0));
  EXPECT_TRUE(is_at(locate(map, 0, 39), 1, 7));
  // Behind all windows, or between them: the primary, which has less.
  EXPECT_THAT(locate(map, 0, 40), refused(41));
  EXPECT_THAT(locate(map, 0, 24), refused(25));
  // Across the edge of a window readers disagree.
  EXPECT_THAT(locate(map, 0, 22, 3), refused(25));
  EXPECT_THAT(locate(map, 0, 10, 11), refused(21));
  // A window that its blob does not fill.
  Devices shorter;
  const DeviceMap wide = shorter.map({slot(32, 9)}, true);
  EXPECT_THAT(locate(wide, 0, 40), refused(9));
}

TEST(DeviceMap, FirstSlotWinsWhereWindowsOverlap) {
  Devices devices;
  const DeviceMap map =
      devices.map({slot(34, 2), slot(32, 8), slot(39, 4)}, true);
  EXPECT_TRUE(is_at(locate(map, 0, 32, 2), 2, 0));
  EXPECT_TRUE(is_at(locate(map, 0, 34, 2), 1, 0));
  EXPECT_TRUE(is_at(locate(map, 0, 36, 4), 2, 4));
  EXPECT_TRUE(is_at(locate(map, 0, 40), 3, 1));
  EXPECT_THAT(locate(map, 0, 33, 2), refused(35));
}

TEST(DeviceMap, FlattenedIdsGoToTheirUnifiedAddress) {
  Devices devices;
  const DeviceMap map = devices.map({slot(8, 4), slot(12, 4)}, false);
  EXPECT_TRUE(map.flattened());
  EXPECT_TRUE(is_at(locate(map, 1, 3), 0, 11));
  EXPECT_TRUE(is_at(locate(map, 2, 0, 4), 0, 12));
  EXPECT_TRUE(is_at(locate(map, 0, 12), 0, 12));
  // The primary holds all of device 2, so this is behind its end.
  EXPECT_THAT(locate(map, 2, 1, 4), refused(5));
  EXPECT_THAT(locate(map, 0, 16), refused(17));
}

TEST(DeviceMap, MissingDevicesAreNoFaultOfTheImage) {
  Devices devices;
  const DeviceMap map = devices.map({slot(32, 8), slot(0, 8)}, false);
  EXPECT_THAT(locate(map, 1, 0), not_given(1));
  EXPECT_THAT(locate(map, 2, 0), not_given(2));
  EXPECT_THAT(locate(map, 0, 33), not_given(1));
  EXPECT_THAT(locate(map, 0, 31), refused(32));
}

TEST(DeviceMap, TellsWhatIsMappedOver) {
  Devices devices;
  const auto map = devices.map({slot(32, 8), slot(40, 8), slot(0, 8)}, true);
  EXPECT_EQ(map.mapped(0, 32 * kBlock), 0U);
  EXPECT_EQ(map.mapped(31 * kBlock, kBlock + 1), 1U);
  EXPECT_EQ(map.mapped(39 * kBlock + 511, 1), 1U);
  EXPECT_EQ(map.mapped(40 * kBlock, 1), 2U);
  EXPECT_EQ(map.mapped(48 * kBlock, 100 * kBlock), 0U);
  EXPECT_EQ(map.mapped(~std::uint64_t{0}, 1), 0U);
}

TEST(DeviceMap, AllOrNone) {
  EXPECT_THAT(DeviceMap::all_or_none(0, 3, kStored), Succeeds());
  EXPECT_THAT(DeviceMap::all_or_none(3, 3, kStored), Succeeds());
  EXPECT_THAT(DeviceMap::all_or_none(2, 3, kStored), not_given(3));
  EXPECT_THAT(DeviceMap::all_or_none(1, 0, kStored), not_given(0));
}

TEST(DeviceMap, ManyNestedWindowsAreCutOnce) {
  std::vector<decode::DeviceSlot> slots;
  for (std::uint64_t i = 0; i < 60000; ++i) {
    slots.push_back(slot(100000 - i, 2 * i + 1));
  }
  Devices devices;
  const DeviceMap map = devices.map(std::move(slots), false);
  EXPECT_THAT(locate(map, 0, 100000), not_given(1));
  EXPECT_THAT(locate(map, 0, 100005), not_given(6));
}

TEST(Read, FaultsNameThePlace) {
  Bytes bytes = repeat(7, 4);
  const image::MemorySource source(view(bytes));
  Bytes room(4);
  EXPECT_THAT(read({&source, {3, 1}}, MutableBytes(room).head(3)), Succeeds());
  EXPECT_EQ(room, repeat(7, 3) + repeat(0, 1));
  EXPECT_THAT(read({&source, {3, 1}}, MutableBytes(room)),
              FaultsWith(Fault{FaultKind::kIo, RuleId{}, {3, 1}, ERANGE}));
}

}  // namespace
}  // namespace erofs::map
