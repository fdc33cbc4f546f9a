// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/device.h"

#include <algorithm>

#include "format/features.gen.h"

namespace erofs::decode {

DeviceSlot device_slot(const format::DeviceSlotView& view,
                       const Geometry& geometry) noexcept {
  DeviceSlot slot;
  std::ranges::copy(view.tag(), slot.tag.begin());
  slot.blocks = view.blocks_lo();
  slot.uniaddr = view.uniaddr_lo();
  if (geometry.features.incompat_has(format::incompat::k48bit)) {
    slot.blocks |= std::uint64_t{view.blocks_hi()} << 32;
    slot.uniaddr |= std::uint64_t{view.uniaddr_hi()} << 32;
  }
  return slot;
}

}  // namespace erofs::decode
