// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECODE_DEVICE_H_
#define EROFS_DECODE_DEVICE_H_

#include <array>
#include <cstdint>

#include "decode/geometry.h"
#include "format/device.gen.h"

namespace erofs::decode {

// One slot of the device table; slot i describes device id i + 1.
struct DeviceSlot {
  std::array<std::byte, 64> tag{};
  std::uint64_t blocks = 0;   // size of the device; 48 bits with 48BIT
  std::uint64_t uniaddr = 0;  // its first block in the unified address
                              // space; 0: not mapped there
};

// Total: a slot has no malformed state of its own. The high halves count
// only with 48BIT.
[[nodiscard]] DeviceSlot device_slot(const format::DeviceSlotView& view,
                                     const Geometry& geometry) noexcept;

}  // namespace erofs::decode

#endif  // EROFS_DECODE_DEVICE_H_
