// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_MAP_TABLE_WINDOW_H_
#define EROFS_MAP_TABLE_WINDOW_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/budget.h"
#include "base/result.h"
#include "image/source.h"
#include "map/device_map.h"

namespace erofs::map {

// The bytes of a table in the space of an inode, read a page at a time.
class TableWindow {
 public:
  static constexpr std::uint64_t kPage = 4096;

  TableWindow() = default;
  // [place.offset, place.offset + size) lies within `space`, which outlives
  // this object.
  TableWindow(const image::Source& space, Place place, std::uint64_t size)
      : space_(&space), place_(place), size_(size) {}

  // First byte of the table.
  [[nodiscard]] Place place() const noexcept { return place_; }

  // The `length` bytes at byte `offset` of the table, good until the next
  // call. They lie within it and in one aligned page of the space, as
  // entries do that are aligned to their size. Charges what is read as work.
  // Faults: limit; io.
  [[nodiscard]] Result<ByteView> bytes(std::uint64_t offset,
                                       std::uint64_t length, Budget& budget);
  // The same for a search that leaps: reads nothing but these bytes, at most
  // kPeek, where they are not at hand.
  [[nodiscard]] Result<ByteView> peek(std::uint64_t offset,
                                      std::uint64_t length, Budget& budget);
  static constexpr std::size_t kPeek = 32;

 private:
  [[nodiscard]] Status fill(std::uint64_t offset, Budget& budget);

  const image::Source* space_ = nullptr;
  Place place_;
  std::uint64_t size_ = 0;
  std::uint64_t first_ = 0;  // byte of the table where bytes_ begins
  std::vector<std::byte> bytes_;
  std::array<std::byte, kPeek> peeked_{};
};

}  // namespace erofs::map

#endif  // EROFS_MAP_TABLE_WINDOW_H_
