// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECODE_CHUNK_H_
#define EROFS_DECODE_CHUNK_H_

#include <cstdint>

#include "base/bytes.h"
#include "decode/inode.h"

namespace erofs::decode {

// Where one chunk of a file lies.
struct ChunkEntry {
  bool hole = false;            // reads as zeros; no device, no address
  std::uint16_t device_id = 0;  // as stored, not masked; 0 in a block map
  std::uint64_t startblk = 0;   // 32 or 48 bits
  std::uint16_t raw_hi = 0;     // startblk_hi as stored; 0 in a block map
};

// Decodes entry `index` of a table; all ones under the address mask is a
// hole. `table` holds whole entries of `format`; an index behind its end
// gives a hole, so callers bound the index first.
[[nodiscard]] ChunkEntry chunk_entry(ByteView table, std::uint64_t index,
                                     const ChunkFormat& format) noexcept;

}  // namespace erofs::decode

#endif  // EROFS_DECODE_CHUNK_H_
