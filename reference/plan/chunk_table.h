// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_PLAN_CHUNK_TABLE_H_
#define EROFS_PLAN_CHUNK_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace erofs::plan {

// One chunk of a file.
struct Chunk {
  static constexpr std::uint64_t kHole = ~std::uint64_t{0};

  std::uint64_t block = kHole;
};

// The chunk table of a file.
struct ChunkTable {
  unsigned chunk_bits = 0;   // base-2 logarithm of the blocks in a chunk
  unsigned align = 4;        // of the table: 4 or 8 bytes
  std::uint32_t format = 0;  // i_u
  std::vector<std::byte> bytes;
};

struct ChunkOptions {
  unsigned chunk_bits = 0;   // as in ChunkTable, of the chunks given
  bool indexes = false;      // the long entries
  std::uint16_t device = 0;  // of all chunks; needs indexes unless 0
};

// The table with the largest chunks that say the same: runs of consecutive
// chunks, and of holes, are joined where all of them allow it. Addresses
// beyond 32 bits make the entries wide.
[[nodiscard]] ChunkTable chunk_table(std::span<const Chunk> chunks,
                                     const ChunkOptions& options);

}  // namespace erofs::plan

#endif  // EROFS_PLAN_CHUNK_TABLE_H_
