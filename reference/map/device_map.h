// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_MAP_DEVICE_MAP_H_
#define EROFS_MAP_DEVICE_MAP_H_

#include <cstdint>
#include <span>
#include <vector>

#include "base/bytes.h"
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

// Fills `out` from `from` on. Faults: io, at from.place.
[[nodiscard]] Status read(const Location& from, MutableBytes out);

// The devices of an image and the unified address space over them.
// Spec: device, "Resolving an address".
//
// With blobs given, device id n reads blob n - 1, and id 0 is looked up in
// the slots' mapped ranges before it falls to the primary. With none given
// the image is flattened: everything is on the primary, id n at its slot's
// unified address.
class DeviceMap {
 public:
  // Faults: device.blob.present (kIo) unless `blobs` is none or one for
  // each of `slots`; value: the number of slots.
  [[nodiscard]] static Status all_or_none(std::size_t blobs, std::size_t slots,
                                          Place count_at);

  // `blobs` is empty or has one source a slot; all outlive this object.
  DeviceMap(const image::Source& primary,
            std::span<const image::Source* const> blobs,
            std::vector<decode::DeviceSlot> slots,
            const decode::Geometry& geometry);

  // Finds [address, address + length) of device `id` (as stored, masked
  // here). The device that holds the first byte must hold the last one,
  // because readers ask for the device of whatever byte they start from.
  //
  // Faults: device.id.range (value: the id); `outside` (malformed; value:
  // the end of the range) where the range passes the end of its device;
  // device.blob.present (kIo; value: the id) where the bytes are on a device
  // that was not given. All at `stored_at`.
  [[nodiscard]] Result<Location> locate(std::uint16_t id, std::uint64_t address,
                                        std::uint64_t length, RuleId outside,
                                        Place stored_at) const;

  [[nodiscard]] bool flattened() const noexcept;
  // The device whose window of the unified address space holds a byte of
  // [address, address + length); 0 where none does.
  [[nodiscard]] std::uint32_t mapped(std::uint64_t address,
                                     std::uint64_t length) const noexcept;
  [[nodiscard]] std::span<const decode::DeviceSlot> slots() const noexcept {
    return slots_;
  }
  [[nodiscard]] const image::Source& primary() const noexcept {
    return *primary_;
  }
  // nullptr where that device was not given; `id` 0 is the primary.
  [[nodiscard]] const image::Source* device(std::uint32_t id) const noexcept;

 private:
  // Blocks [start, end) of the unified address space, and who has them.
  struct Window {
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    std::uint32_t device = 0;
    std::uint64_t device_start = 0;  // where block 0 of the device stands
  };
  struct Range;

  [[nodiscard]] static std::vector<Window> windows(
      std::span<const decode::DeviceSlot> slots);
  // The window around the first block of `range`; nullptr between windows.
  [[nodiscard]] const Window* window(const Range& range) const noexcept;
  [[nodiscard]] bool reaches_next_window(const Range& range) const noexcept;
  [[nodiscard]] Result<Location> on_device(std::uint32_t id,
                                           const Range& range) const;
  [[nodiscard]] Result<Location> unified(const Range& range) const;
  [[nodiscard]] Result<Location> flat(std::uint32_t id,
                                      const Range& range) const;
  // Whether the primary is long enough for the device of a slot.
  [[nodiscard]] bool holds(const decode::DeviceSlot& slot) const noexcept;

  const image::Source* primary_;
  std::vector<const image::Source*> blobs_;
  std::vector<decode::DeviceSlot> slots_;
  std::vector<Window> windows_;  // disjoint, ascending
  std::uint16_t id_mask_;
  std::uint8_t block_bits_;
};

}  // namespace erofs::map

#endif  // EROFS_MAP_DEVICE_MAP_H_
