// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECODE_GEOMETRY_H_
#define EROFS_DECODE_GEOMETRY_H_

#include <cstdint>
#include <optional>

#include "format/features.gen.h"

namespace erofs::decode {

// What every decoder and navigator needs to know of the superblock. All
// values come from a superblock that passed decode::superblock().
struct Geometry {
  std::uint8_t block_bits = 12;  // 9..16
  format::Features features;
  std::uint32_t meta_blkaddr = 0;
  std::uint32_t xattr_blkaddr = 0;
  std::int64_t epoch = 0;
  std::uint32_t fixed_nsec = 0;
  std::uint16_t extra_devices = 0;  // 0 where there is no device table
  bool filter_usable = false;       // XATTR_FILTER on and reserved byte zero

  [[nodiscard]] std::uint32_t block_size() const noexcept {
    return std::uint32_t{1} << block_bits;
  }
  [[nodiscard]] std::uint64_t block_offset(std::uint64_t byte) const noexcept {
    return byte & (block_size() - 1);
  }
  // Byte address of a block; nothing where it passes 64 bits.
  [[nodiscard]] std::optional<std::uint64_t> block_at(
      std::uint64_t block) const noexcept;
  // Byte address of the body of inode `nid` within its space (the metabox
  // for nids with bit 63, where metadata blocks are not added); nothing
  // where the multiplication passes 64 bits. Spec: inode, "Place".
  [[nodiscard]] std::optional<std::uint64_t> inode_at(
      std::uint64_t nid) const noexcept;
  // Byte address of shared xattr `id` in its space. Never overflows.
  [[nodiscard]] std::uint64_t shared_xattr_at(std::uint32_t id) const noexcept;
  // Device ids are masked to the next power of two above extra_devices.
  [[nodiscard]] std::uint16_t device_id_mask() const noexcept;
};

}  // namespace erofs::decode

#endif  // EROFS_DECODE_GEOMETRY_H_
