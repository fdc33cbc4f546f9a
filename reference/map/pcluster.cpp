// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/pcluster.h"

#include <algorithm>

namespace erofs::map {
namespace {

// Interlaced data: what the extent has in its first block of the file stands
// in the last block of the pcluster, at the same place within the block; all
// other bytes stand from the start of the pcluster on
// (fs/erofs/decompressor.c, z_erofs_transform_plain).
Extent interlaced(const Pcluster& from, std::uint64_t offset,
                  unsigned block_bits) noexcept {
  const std::uint64_t block = std::uint64_t{1} << block_bits;
  const std::uint64_t within = from.start & (block - 1);
  const std::uint64_t first = std::min(block - within, from.length());
  Extent extent{ExtentKind::kRaw, from.start, first, from.location, 0, {}};
  if (offset - from.start < first) {
    const Place& place = from.location.place;
    extent.location.place = place.plus(from.stored - block + within);
  } else {
    extent.logical = from.start + first;
    extent.length = from.length() - first;
  }
  return extent;
}

// Bytes, whose number the format limits.
std::uint32_t narrow(std::uint64_t bytes) noexcept {
  return static_cast<std::uint32_t>(bytes);
}

}  // namespace

Extent Pcluster::extent(std::uint64_t offset,
                        unsigned block_bits) const noexcept {
  Extent out{ExtentKind::kHole, start, length(), location, 0, {}};
  switch (kind) {
    case Kind::kHole:
      out.location = {};
      break;
    case Kind::kFragment:
      out.kind = ExtentKind::kFragment;
      break;
    case Kind::kRaw:
      out.kind = in_inode ? ExtentKind::kInline : ExtentKind::kRaw;
      if (interlaced) out = map::interlaced(*this, offset, block_bits);
      break;
    case Kind::kEncoded:
      out.kind = ExtentKind::kEncoded;
      out.stream = {algorithm, stored, narrow(length()), !partial};
      break;
  }
  return out.from(offset);
}

}  // namespace erofs::map
