// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_MAP_CHUNK_H_
#define EROFS_MAP_CHUNK_H_

#include <cstdint>
#include <vector>

#include "base/budget.h"
#include "base/result.h"
#include "decode/chunk.h"
#include "map/extent.h"

namespace erofs::map {

// The table behind a chunk-based inode, read a window at a time.
class ChunkTable {
 public:
  // Faults: chunk.table.within-image where the table that i_size asks for
  // does not fit the inode's space.
  [[nodiscard]] static Result<ChunkTable> open(const File& file);

  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  [[nodiscard]] Place place() const noexcept { return place_; }
  // Entry `index` < count(). Charges what it reads to `budget`. Faults:
  // limit; io.
  [[nodiscard]] Result<decode::ChunkEntry> entry(std::uint64_t index,
                                                 Budget& budget);
  [[nodiscard]] Place entry_place(std::uint64_t index) const noexcept;

 private:
  decode::ChunkFormat format_;
  const image::Source* space_ = nullptr;
  Place place_;
  std::uint64_t count_ = 0;
  std::uint64_t window_first_ = 0;
  std::vector<std::byte> window_;
};

// Most chunks in one extent.
inline constexpr std::uint64_t kMaxRun = 4096;

// Maps byte `offset` (below i_size) of a chunk-based file; neighbouring
// chunks that continue each other on the same device (or are holes) come
// back as one extent, at most kMaxRun chunks long. Charges one step a chunk.
//
// Faults: chunk.address.within-device; those of ChunkTable and
// DeviceMap::locate(); limit.
[[nodiscard]] Result<Extent> chunk(const File& file, ChunkTable& table,
                                   std::uint64_t offset,
                                   const DeviceMap& devices,
                                   const decode::Geometry& geometry,
                                   Budget& budget);

}  // namespace erofs::map

#endif  // EROFS_MAP_CHUNK_H_
