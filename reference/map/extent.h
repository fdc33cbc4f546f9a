// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_MAP_EXTENT_H_
#define EROFS_MAP_EXTENT_H_

#include <cstdint>

#include "base/fault.h"
#include "decode/geometry.h"
#include "decode/inode.h"
#include "format/limits.gen.h"
#include "image/source.h"
#include "map/device_map.h"

namespace erofs::map {

// kInline: raw bytes behind the inode. kEncoded: a stream to be decoded,
// wherever it stands. kFragment: bytes of the packed inode's content.
enum class ExtentKind : std::uint8_t {
  kHole,
  kRaw,
  kInline,
  kEncoded,
  kFragment
};

// A compressed pcluster, and what an extent takes from it.
struct Stream {
  format::Algorithm algorithm = format::Algorithm::kLz4;
  std::uint32_t stored = 0;   // bytes of the pcluster, 1 to 1 MiB
  std::uint32_t decoded = 0;  // bytes of the extent, 1 to 12 MiB
  // It decodes to exactly these bytes; else to these, and maybe more.
  bool whole = true;

  friend bool operator==(const Stream&, const Stream&) = default;
};

// Where a run of a file's bytes is. Starts exactly at the offset that was
// asked for and never passes the end of the file.
struct Extent {
  ExtentKind kind = ExtentKind::kHole;
  std::uint64_t logical = 0;  // byte offset in the file
  std::uint64_t length = 0;   // bytes, at least 1
  // None for a hole. kEncoded: the first byte of the pcluster, whatever is
  // skipped. kFragment: in the space Place::kPacked.
  Location location;
  std::uint64_t skip = 0;  // kEncoded: decoded bytes before `logical`
  Stream stream;           // kEncoded

  [[nodiscard]] bool covers(std::uint64_t offset) const noexcept {
    return offset >= logical && offset - logical < length;
  }
  // The part from `offset` on, which must be covered.
  [[nodiscard]] Extent from(std::uint64_t offset) const noexcept {
    const std::uint64_t skipped = offset - logical;
    Extent part = *this;
    part.logical = offset;
    part.length = length - skipped;
    if (kind == ExtentKind::kEncoded) {
      part.skip = skip + skipped;
    } else {
      part.location.place = location.place.plus(skipped);
    }
    return part;
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
