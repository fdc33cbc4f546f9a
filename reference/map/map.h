// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_MAP_MAP_H_
#define EROFS_MAP_MAP_H_

#include <cstdint>
#include <optional>

#include "base/budget.h"
#include "base/result.h"
#include "map/chunk.h"
#include "map/cluster.h"
#include "map/extent.h"
#include "map/image.h"

namespace erofs::map {

// (file, logical offset) -> extent, for every layout. For one thread.
class FileMap {
 public:
  // What `file` and `image` point to outlives it.
  // Faults: those of ChunkTable::open() and ClusterMap::open().
  [[nodiscard]] static Result<FileMap> open(const File& file,
                                            const Image& image);

  // The extent that starts at `offset` < i_size.
  // Faults: those of flat(), chunk() and ClusterMap::at().
  [[nodiscard]] Result<Extent> at(std::uint64_t offset, Budget& budget);

  [[nodiscard]] const File& file() const noexcept { return file_; }
  // The chunk table of a chunk-based file, else nullptr.
  [[nodiscard]] ChunkTable* chunks() noexcept {
    return chunks_ ? &*chunks_ : nullptr;
  }
  // The map of a compressed file, else nullptr.
  [[nodiscard]] ClusterMap* clusters() noexcept {
    return clusters_ ? &*clusters_ : nullptr;
  }

 private:
  FileMap(const File& file, const Image& image) : file_(file), image_(image) {}

  File file_;
  Image image_;
  std::optional<ChunkTable> chunks_;
  std::optional<ClusterMap> clusters_;
};

}  // namespace erofs::map

#endif  // EROFS_MAP_MAP_H_
