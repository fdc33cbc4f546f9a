// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/map.h"

#include "format/rule_ids.gen.h"
#include "map/flat.h"

namespace erofs::map {

Result<FileMap> FileMap::open(const File& file, const DeviceMap& devices,
                              const decode::Geometry& geometry) {
  if (file.inode.compressed()) {
    return unsupported(RuleId::cluster_layout_supported, file.address_place(),
                       static_cast<std::uint64_t>(file.inode.layout));
  }
  FileMap map(file, devices, geometry);
  if (file.inode.layout == format::Layout::kChunkBased) {
    EROFS_ASSIGN(map.chunks_, ChunkTable::open(file));
  }
  return map;
}

Result<Extent> FileMap::at(std::uint64_t offset, Budget& budget) {
  if (chunks_) {
    return chunk(file_, *chunks_, offset, *devices_, *geometry_, budget);
  }
  EROFS_TRY(budget.work(1, file_.tail));
  return flat(file_, offset, *devices_, *geometry_);
}

ChunkTable* FileMap::chunks() noexcept { return chunks_ ? &*chunks_ : nullptr; }

}  // namespace erofs::map
