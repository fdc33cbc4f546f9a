// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/flat.h"

#include <algorithm>

#include "base/checked.h"
#include "format/rule_ids.gen.h"

namespace erofs::map {
namespace {

// [offset, end) of the `stored` bytes that start at the inode's start block.
// Looks up all of them whatever the offset, so that a file whose blocks pass
// the end of the device fails at its first byte.
Result<Extent> in_blocks(const File& file, std::uint64_t offset,
                         std::uint64_t end, std::uint64_t stored,
                         const DeviceMap& devices,
                         const decode::Geometry& geometry) {
  constexpr RuleId kOutside = RuleId::content_plain_within_device;
  const Place at = file.address_place();
  const auto start = geometry.block_at(file.inode.startblk);
  if (!start) return malformed(kOutside, at, file.inode.startblk);
  EROFS_ASSIGN(const Location first,
               devices.locate(0, *start, stored, kOutside, at));
  return Extent{ExtentKind::kRaw, 0, end, first, 0, {}}.from(offset);
}

// The last block, which stands behind the inode.
Result<Extent> in_tail(const File& file, std::uint64_t offset,
                       std::uint64_t tail_start,
                       const decode::Geometry& geometry) {
  const std::uint64_t length = file.inode.size - tail_start;
  // Readers map the block that holds the tail, not two.
  if (geometry.block_offset(file.tail.offset) + length >
      geometry.block_size()) {
    return malformed(RuleId::content_inline_fit, file.tail, length);
  }
  if (!checked::within(file.tail.offset, length, file.space->size())) {
    return malformed(RuleId::content_inline_within_image, file.tail, length);
  }
  const Location at{file.space, file.tail};
  const Extent tail{ExtentKind::kInline, tail_start, length, at, 0, {}};
  return tail.from(offset);
}

}  // namespace

Result<Extent> flat(const File& file, std::uint64_t offset,
                    const DeviceMap& devices,
                    const decode::Geometry& geometry) {
  const std::uint64_t size = file.inode.size;
  if (file.inode.flat_hole) {
    return Extent{ExtentKind::kHole, offset, size - offset, {}, 0, {}};
  }
  // i_size has 63 bits, so whole blocks of it fit 64.
  const std::uint64_t blocks = checked::ceil_div(size, geometry.block_size());
  if (file.inode.layout == format::Layout::kFlatInline) {
    const std::uint64_t full = (blocks - 1) << geometry.block_bits;
    if (offset >= full) return in_tail(file, offset, full, geometry);
    return in_blocks(file, offset, full, full, devices, geometry);
  }
  // Linux reads whole blocks: a last block that is cut off behind the end of
  // the file still fails (fs/erofs/data.c, fs/erofs/fileio.c before 6.15).
  return in_blocks(file, offset, size, blocks << geometry.block_bits, devices,
                   geometry);
}

}  // namespace erofs::map
