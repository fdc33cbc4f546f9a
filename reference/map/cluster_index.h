// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_MAP_CLUSTER_INDEX_H_
#define EROFS_MAP_CLUSTER_INDEX_H_

#include <cstdint>

#include "base/budget.h"
#include "base/result.h"
#include "decode/cluster.h"
#include "decode/cluster_compact.h"
#include "decode/geometry.h"
#include "image/source.h"
#include "map/table_window.h"

namespace erofs::map {

// The index of a compressed inode, of either form: one entry for each logical
// cluster.
class ClusterIndex {
 public:
  // `header` stands at `header_at` in `space`, which outlives this object,
  // and belongs to an inode of `size` bytes.
  // Faults: cluster.index.within-image.
  [[nodiscard]] static Result<ClusterIndex> open(
      const image::Source& space, Place header_at,
      const decode::ClusterHeader& header, std::uint64_t size,
      const decode::Geometry& geometry);

  // Number of logical clusters.
  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  // Entry `lcn` < count(). Charges what it reads. Faults: limit; io.
  [[nodiscard]] Result<decode::Lcluster> entry(std::uint64_t lcn,
                                               Budget& budget);
  // The bytes that hold it, good until the next call: the entry (full), or
  // its pack (compact).
  [[nodiscard]] Result<ByteView> raw(std::uint64_t lcn, Budget& budget);
  // Where these are.
  [[nodiscard]] Place entry_place(std::uint64_t lcn) const noexcept;

  // First byte of the index, and first byte behind it.
  [[nodiscard]] Place place() const noexcept { return window_.place(); }
  [[nodiscard]] Place end() const noexcept { return end_; }

 private:
  [[nodiscard]] Result<decode::Lcluster> compact(std::uint64_t lcn,
                                                 Budget& budget);

  TableWindow window_;
  Place end_;
  std::uint64_t count_ = 0;
  bool compact_ = false;
  bool big_ = false;
  std::uint8_t lcluster_bits_ = 0;
  decode::CompactRegions regions_;
  // The pack that was looked at last.
  decode::CompactPack pack_;
  std::uint64_t pack_first_ = 0;
};

// The fault of a table of entries or records that does not lie within the
// space of its inode (cluster.index.within-image).
[[nodiscard]] Fault table_outside(Place at, std::uint64_t entries) noexcept;

}  // namespace erofs::map

#endif  // EROFS_MAP_CLUSTER_INDEX_H_
