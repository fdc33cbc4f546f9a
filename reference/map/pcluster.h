// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_MAP_PCLUSTER_H_
#define EROFS_MAP_PCLUSTER_H_

#include <cstdint>

#include "base/fault.h"
#include "format/limits.gen.h"
#include "map/device_map.h"
#include "map/extent.h"

namespace erofs::map {

// A physical cluster and the extent of a compressed file that lies in it; or
// an extent that has none, a hole or a fragment.
struct Pcluster {
  enum class Kind : std::uint8_t { kHole, kRaw, kEncoded, kFragment };

  Kind kind = Kind::kHole;
  bool in_inode = false;    // inline: stands behind the index
  bool interlaced = false;  // kRaw: bytes keep their place within a block
  bool partial = false;     // kEncoded: the stream may hold more
  bool tail = false;        // the extent ends the file
  format::Algorithm algorithm = format::Algorithm::kLz4;  // kEncoded
  std::uint64_t start = 0;  // the extent, bytes in the file
  std::uint64_t end = 0;
  // First byte of what is stored; a fragment's is in Place::kPacked.
  Location location;
  std::uint32_t stored = 0;  // bytes of the pcluster, at most 1 MiB
  std::uint64_t unit = 0;    // logical cluster or record that describes it
  Place at;                  // where that entry or record is

  [[nodiscard]] bool covers(std::uint64_t offset) const noexcept {
    return offset >= start && offset < end;
  }
  [[nodiscard]] std::uint64_t length() const noexcept { return end - start; }

  // The extent that starts at `offset`, which is covered. Interlaced data
  // comes as up to two, as it is stored. `block_bits`: of the image.
  // Spec: cluster-data, "Raw data".
  [[nodiscard]] Extent extent(std::uint64_t offset,
                              unsigned block_bits) const noexcept;
};

}  // namespace erofs::map

#endif  // EROFS_MAP_PCLUSTER_H_
