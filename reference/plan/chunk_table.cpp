// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/chunk_table.h"

#include <algorithm>
#include <bit>

#include "format/chunk.gen.h"
#include "format/inode.gen.h"
#include "format/limits.gen.h"
#include "plan/bytes_out.h"

namespace erofs::plan {
namespace {

// blkbits has five bits.
constexpr unsigned kBitsMax = 31;

// Whether chunk `i` goes on where the one before it ended.
bool follows(std::span<const Chunk> chunks, std::size_t i,
             std::uint64_t blocks) {
  const Chunk& before = chunks[i - 1];
  if (before.block == Chunk::kHole) return chunks[i].block == Chunk::kHole;
  return chunks[i].block == before.block + blocks;
}

// Base-2 logarithm of how many chunks can be made one, for all alike. The
// last run may end within a chunk, as the file does.
unsigned join(std::span<const Chunk> chunks, std::uint64_t blocks) {
  std::uint64_t starts = 0;
  for (std::size_t i = 1; i < chunks.size(); ++i) {
    if (!follows(chunks, i, blocks)) starts |= i;
  }
  if (starts != 0) return static_cast<unsigned>(std::countr_zero(starts));
  return static_cast<unsigned>(
      std::bit_width(std::max<std::size_t>(chunks.size(), 1) - 1));
}

void append_entry(std::vector<std::byte>& out, const Chunk& chunk,
                  const ChunkOptions& options, bool wide) {
  const bool hole = chunk.block == Chunk::kHole;
  const auto low =
      hole ? format::kNullAddress32 : static_cast<std::uint32_t>(chunk.block);
  if (!options.indexes) {
    format::ChunkMapEntryBuilder entry;
    entry.startblk(low);
    append(out, entry.bytes());
    return;
  }
  format::ChunkIndexBuilder entry;
  entry.startblk_lo(low).device_id(hole ? std::uint16_t{0} : options.device);
  if (wide) entry.startblk_hi(static_cast<std::uint16_t>(chunk.block >> 32));
  append(out, entry.bytes());
}

}  // namespace

ChunkTable chunk_table(std::span<const Chunk> chunks,
                       const ChunkOptions& options) {
  ChunkOptions how = options;
  const bool wide =
      std::any_of(chunks.begin(), chunks.end(), [](const Chunk& chunk) {
        return chunk.block != Chunk::kHole &&
               chunk.block >= format::kNullAddress32;
      });
  how.indexes = how.indexes || how.device != 0 || wide;
  const std::uint64_t blocks = std::uint64_t{1} << how.chunk_bits;
  const unsigned joined =
      std::min(join(chunks, blocks), kBitsMax - how.chunk_bits);
  ChunkTable out;
  out.chunk_bits = how.chunk_bits + joined;
  out.align = how.indexes ? 8 : 4;
  const std::size_t step = std::size_t{1} << joined;
  for (std::size_t i = 0; i < chunks.size(); i += step) {
    append_entry(out.bytes, chunks[i], how, wide);
  }
  format::InodeCompactBuilder inode;
  inode.chunk_info_blkbits(out.chunk_bits)
      .chunk_info_indexes(how.indexes ? 1 : 0)
      .chunk_info_wide(wide ? 1 : 0);
  out.format = inode.view().i_u();
  return out;
}

}  // namespace erofs::plan
