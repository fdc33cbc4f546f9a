// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_MAP_MAP_H_
#define EROFS_MAP_MAP_H_

#include <cstdint>
#include <optional>

#include "base/budget.h"
#include "base/result.h"
#include "map/chunk.h"
#include "map/extent.h"

namespace erofs::map {

// (file, logical offset) -> extent, for every layout that can be read.
class FileMap {
 public:
  // Faults: cluster.layout.supported (kUnsupported) for compressed layouts;
  // those of ChunkTable::open(). `devices` and `geometry` outlive it.
  [[nodiscard]] static Result<FileMap> open(const File& file,
                                            const DeviceMap& devices,
                                            const decode::Geometry& geometry);

  // The extent that starts at `offset` < i_size.
  [[nodiscard]] Result<Extent> at(std::uint64_t offset, Budget& budget);

  [[nodiscard]] const File& file() const noexcept { return file_; }
  // The chunk table of a chunk-based file, else nullptr.
  [[nodiscard]] ChunkTable* chunks() noexcept;

 private:
  FileMap(const File& file, const DeviceMap& devices,
          const decode::Geometry& geometry)
      : file_(file), devices_(&devices), geometry_(&geometry) {}

  File file_;
  const DeviceMap* devices_;
  const decode::Geometry* geometry_;
  std::optional<ChunkTable> chunks_;
};

}  // namespace erofs::map

#endif  // EROFS_MAP_MAP_H_
