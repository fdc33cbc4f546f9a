// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/device.h"

#include <gtest/gtest.h>

#include "support/hex.h"

namespace erofs::decode {
namespace {

using test::Bytes;
using test::hex;
using test::repeat;
using test::text_bytes;
using test::view;

// tag | blocks_lo, uniaddr_lo, blocks_hi, uniaddr_hi | reserved
Bytes slot_bytes() {
  return text_bytes("layer-one") + repeat(0, 55) +
         hex("ef 03 00 00 | 0d 00 00 00 | 02 00 | 01 00") + repeat(0, 52);
}

DeviceSlot decode(const Bytes& bytes, const Geometry& geometry) {
  const auto fixed = view(bytes).fixed<format::DeviceSlotView::kSize>(0);
  EXPECT_TRUE(fixed);
  return device_slot(format::DeviceSlotView(*fixed), geometry);
}

TEST(DeviceSlot, HighHalvesCountOnlyWith48Bit) {
  Geometry geometry;
  const DeviceSlot low = decode(slot_bytes(), geometry);
  EXPECT_EQ(low.blocks, 0x3EFU);
  EXPECT_EQ(low.uniaddr, 13U);
  geometry.features.incompat = format::incompat::k48bit;
  const DeviceSlot high = decode(slot_bytes(), geometry);
  EXPECT_EQ(high.blocks, 0x2000003EFU);
  EXPECT_EQ(high.uniaddr, 0x10000000DU);
}

TEST(DeviceSlot, KeepsTheWholeTag) {
  const DeviceSlot slot = decode(slot_bytes(), {});
  EXPECT_EQ(ByteView(slot.tag).head(10).text(),
            std::string_view("layer-one\0", 10));
  const Bytes full = repeat('x', 64) + repeat(0, 64);
  EXPECT_EQ(ByteView(decode(full, {}).tag).text(), std::string(64, 'x'));
}

}  // namespace
}  // namespace erofs::decode
