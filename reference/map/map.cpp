// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/map.h"

#include "map/flat.h"

namespace erofs::map {

Result<FileMap> FileMap::open(const File& file, const Image& image) {
  FileMap map(file, image);
  if (file.inode.compressed()) {
    EROFS_ASSIGN(map.clusters_, ClusterMap::open(file, image));
  } else if (file.inode.layout == format::Layout::kChunkBased) {
    EROFS_ASSIGN(map.chunks_, ChunkTable::open(file));
  }
  return map;
}

Result<Extent> FileMap::at(std::uint64_t offset, Budget& budget) {
  if (clusters_) return clusters_->at(offset, budget);
  if (chunks_) {
    return chunk(file_, *chunks_, offset, *image_.devices, *image_.geometry,
                 budget);
  }
  EROFS_TRY(budget.work(1, file_.tail));
  return flat(file_, offset, *image_.devices, *image_.geometry);
}

}  // namespace erofs::map
