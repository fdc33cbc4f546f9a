// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECODE_SUPERBLOCK_H_
#define EROFS_DECODE_SUPERBLOCK_H_

#include <array>
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "decode/geometry.h"

namespace erofs::decode {

// A superblock whose fields obey every malformed rule that it can be
// judged by alone.
struct Superblock {
  Geometry geometry;
  std::uint32_t checksum = 0;
  std::uint32_t size = 0;  // bytes, extension slots included
  std::uint64_t inos = 0;
  std::uint64_t blocks = 0;      // of the primary device, high half included
  std::uint64_t root_nid = 0;    // from rootnid_8b or rootnid_2b
  std::uint64_t packed_nid = 0;  // 0: none (or no FRAGMENTS)
  std::optional<std::uint64_t> metabox_nid;  // only with METABOX
  std::uint32_t build_time = 0;
  std::array<std::byte, 16> uuid{};
  std::array<std::byte, 16> volume_name{};
  std::uint16_t compression = 0;  // available_compr_algs or lz4_max_distance
  std::uint64_t device_table_at = 0;  // byte address of slot 0
  std::uint8_t xattr_prefix_count = 0;
  std::uint64_t xattr_prefix_start = 0;  // bytes from the prefix space's start
  std::uint8_t ishare_prefix_id = 0;
};

// Decodes the superblock from `bytes`, which starts at byte 1024 of the
// image and holds as much as there is, up to one superblock of the largest
// size (3072 bytes are always enough). Does not verify the checksum.
//
// Faults: superblock.image.size, every malformed or unsupported field rule
// of the area superblock, superblock.metabox.extslots,
// superblock.metabox_nid.plain, superblock.packed_nid.plain.
[[nodiscard]] Result<Superblock> superblock(ByteView bytes);

// Number of bytes from byte 1024 on that the checksum covers.
[[nodiscard]] std::uint32_t checksum_span(const Geometry& geometry) noexcept;

// The checksum of `covered` (checksum_span() bytes from byte 1024), its own
// field taken as zero.
[[nodiscard]] std::uint32_t superblock_checksum(ByteView covered) noexcept;

// Compares the checksum of `covered`, which holds at least checksum_span()
// bytes from byte 1024 on, with the stored one; without SB_CHKSUM there is
// nothing to compare.
//
// Faults: superblock.checksum.match (value: the checksum that the bytes
// have); superblock.image.size where `covered` is too short.
[[nodiscard]] Status verify_checksum(const Superblock& superblock,
                                     ByteView covered);

}  // namespace erofs::decode

#endif  // EROFS_DECODE_SUPERBLOCK_H_
