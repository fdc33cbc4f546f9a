// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_MAP_DEVICE_MAP_H_
#define EROFS_MAP_DEVICE_MAP_H_

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "decode/device.h"
#include "decode/geometry.h"
#include "image/source.h"

namespace erofs::map {

// Bytes of one device that was given to us.
struct Location {
  const image::Source* source = nullptr;
  Place place;  // space = device id (0: the primary)
};

// The devices of an image and the unified address space over them.
// Spec: device, "Resolving an address".
//
// With blobs given, device id n reads blob n - 1, and id 0 is looked up in
// the slots' mapped ranges before it falls to the primary. With none given
// the image is flattened: everything is on the primary, id n at its slot's
// unified address.
class DeviceMap {
 public:
  // `blobs` is empty or has one source a slot; all outlive this object.
  DeviceMap(const image::Source& primary,
            std::span<const image::Source* const> blobs,
            std::vector<decode::DeviceSlot> slots,
            const decode::Geometry& geometry);

  // Finds [address, address + length) of device `id` (as stored, masked
  // here). The device that holds the first byte must hold the last one.
  //
  // Faults: device.id.range; `outside` (malformed) where the range passes
  // the end of its device; device.blob.present (kIo) where the bytes are on
  // a device that was not given.
  [[nodiscard]] Result<Location> locate(std::uint16_t id,
                                        std::uint64_t address,
                                        std::uint64_t length, RuleId outside,
                                        Place stored_at) const;

  [[nodiscard]] bool flattened() const noexcept;
  [[nodiscard]] std::span<const decode::DeviceSlot> slots() const noexcept {
    return slots_;
  }
  [[nodiscard]] const image::Source& primary() const noexcept {
    return *primary_;
  }
  // nullptr where that device was not given; `id` 0 is the primary.
  [[nodiscard]] const image::Source* device(std::uint32_t id) const noexcept;

 private:
  const image::Source* primary_;
  std::vector<const image::Source*> blobs_;
  std::vector<decode::DeviceSlot> slots_;
  std::uint16_t id_mask_;
  std::uint8_t block_bits_;
};

}  // namespace erofs::map

#endif  // EROFS_MAP_DEVICE_MAP_H_
