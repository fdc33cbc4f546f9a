// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECODE_INODE_H_
#define EROFS_DECODE_INODE_H_

#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "decode/geometry.h"
#include "format/limits.gen.h"

namespace erofs::decode {

// How the data of a chunk-based inode is cut and addressed.
struct ChunkFormat {
  std::uint8_t chunk_bits = 0;  // log2 of the chunk size in bytes, 9..47
  bool indexes = false;         // 8-byte indexes, else a 4-byte block map
  bool wide = false;            // 48-bit addresses
  [[nodiscard]] std::uint64_t entry_size() const noexcept;  // bytes, 4 or 8
};

// An inode body, either version, with its unions resolved.
struct Inode {
  bool extended = false;
  format::Layout layout = format::Layout::kFlatPlain;
  format::ModeType type = format::ModeType::kRegular;
  std::uint16_t permissions = 0;  // low 12 bits of i_mode
  bool bit4 = false;              // of i_format, whatever it means here
  bool nlink_one = false;         // compact non-directory with i_format bit 4
  bool dot_omitted = false;       // directory with i_format bit 4
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::uint32_t nlink = 0;
  std::uint64_t size = 0;
  std::int64_t mtime = 0;  // epoch added for compact inodes, wrapping
  std::uint32_t mtime_nsec = 0;
  std::uint32_t raw_mtime = 0;  // compact: i_mtime as stored
  std::uint32_t ino = 0;        // i_ino: for 32-bit tools only
  std::uint16_t raw_nb = 0;     // i_nb as stored
  std::uint32_t raw_u = 0;      // i_u as stored
  // Flat layouts: first block, high half included where this inode has one.
  std::uint64_t startblk = 0;
  // FLAT_PLAIN whose start block is all ones: every byte reads as zero.
  bool flat_hole = false;
  ChunkFormat chunk;  // chunk-based only
  std::uint16_t xattr_icount = 0;
  std::uint32_t xattr_size = 0;  // bytes of the xattr ibody, 0 or >= 12
  std::uint32_t body_size = 32;  // bytes: 32 or 64

  [[nodiscard]] bool has_data() const noexcept;  // regular, directory, symlink
  [[nodiscard]] bool compressed() const noexcept;
  [[nodiscard]] std::uint32_t rdev_major() const noexcept;
  [[nodiscard]] std::uint32_t rdev_minor() const noexcept;
};

// Size of the body that starts with `i_format` (its first two bytes).
[[nodiscard]] std::uint32_t inode_body_size(std::uint16_t i_format) noexcept;

// The fault of an inode at `at` that does not lie within its space
// (inode.nid.within-image), for whoever computes places.
[[nodiscard]] Fault inode_outside(Place at, std::uint64_t value) noexcept;

// Decodes the body at the start of `bytes`; `at` is where that is.
//
// Faults: every malformed field rule of the areas inode and chunk;
// inode.nid.within-image where `bytes` ends inside the body.
[[nodiscard]] Result<Inode> inode(ByteView bytes, Place at,
                                  const Geometry& geometry);

}  // namespace erofs::decode

#endif  // EROFS_DECODE_INODE_H_
