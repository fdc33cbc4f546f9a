// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_MAP_EXTENT_H_
#define EROFS_MAP_EXTENT_H_

#include <cstdint>

#include "base/fault.h"
#include "decode/geometry.h"
#include "decode/inode.h"
#include "image/source.h"
#include "map/device_map.h"

namespace erofs::map {

enum class ExtentKind : std::uint8_t { kHole, kRaw, kInline };

// Where a run of a file's bytes is. Starts exactly at the offset that was
// asked for and never passes the end of the file.
struct Extent {
  ExtentKind kind = ExtentKind::kHole;
  std::uint64_t logical = 0;  // byte offset in the file
  std::uint64_t length = 0;   // bytes, at least 1
  Location location;          // none for a hole

  [[nodiscard]] bool covers(std::uint64_t offset) const noexcept {
    return offset >= logical && offset - logical < length;
  }
  // The part from `offset` on, which must be covered.
  [[nodiscard]] Extent from(std::uint64_t offset) const noexcept {
    const std::uint64_t skipped = offset - logical;
    return {kind,
            offset,
            length - skipped,
            {location.source, location.place.plus(skipped)}};
  }
};

// All that mapping needs to know of one file.
struct File {
  decode::Inode inode;
  Place tail;  // first byte behind body and xattrs, in the inode's own space
  const image::Source* space = nullptr;  // the bytes of that space

  // Where i_u is stored, which says where the data lies.
  [[nodiscard]] Place address_place() const noexcept;
};

}  // namespace erofs::map

#endif  // EROFS_MAP_EXTENT_H_
