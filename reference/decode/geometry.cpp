// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/geometry.h"

#include <bit>

#include "base/checked.h"
#include "format/limits.gen.h"

namespace erofs::decode {

std::optional<std::uint64_t> Geometry::block_at(
    std::uint64_t block) const noexcept {
  return checked::shift_left(block, block_bits);
}

std::optional<std::uint64_t> Geometry::inode_at(
    std::uint64_t nid) const noexcept {
  const bool metabox = (nid & format::kMetaboxNidBit) != 0;
  const std::uint64_t slot = nid & ~format::kMetaboxNidBit;
  const auto relative = checked::shift_left(slot, format::kInodeSlotBits);
  if (metabox || !relative) return relative;
  const auto base = block_at(meta_blkaddr);
  if (!base) return std::nullopt;
  return checked::add(*base, *relative);
}

std::uint64_t Geometry::shared_xattr_at(std::uint32_t id) const noexcept {
  // Two 32-bit numbers, moved up by at most 16 and by 2 bits.
  return (std::uint64_t{xattr_blkaddr} << block_bits) +
         std::uint64_t{id} * format::kXattrUnit;
}

std::uint16_t Geometry::device_id_mask() const noexcept {
  const std::uint32_t devices = std::uint32_t{extra_devices} + 1;
  return static_cast<std::uint16_t>(std::bit_ceil(devices) - 1);
}

}  // namespace erofs::decode
