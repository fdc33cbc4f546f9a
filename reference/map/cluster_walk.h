// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_MAP_CLUSTER_WALK_H_
#define EROFS_MAP_CLUSTER_WALK_H_

#include <cstdint>

#include "base/budget.h"
#include "base/result.h"
#include "decode/cluster.h"
#include "map/cluster_index.h"

namespace erofs::map {

// One extent as an index tells of it.
struct IndexExtent {
  std::uint64_t lcn = 0;    // the logical cluster that it begins in
  decode::Lcluster head;    // that cluster's entry
  std::uint64_t start = 0;  // bytes in the file
  std::uint64_t end = 0;    // not behind the end of the file
  // The end that Linux counts with: of the last logical cluster where no
  // entry ends the extent, even behind the end of the file.
  std::uint64_t counted_end = 0;
  std::uint32_t blocks = 1;  // of the pcluster; 0: a tail that has none
  bool tail = false;         // it ends the file
};

// The extent around byte `offset` < `size` of a file. Goes back to the entry
// that begins it and forward to the one that ends it, and verifies all that
// are between. Stops looking for the end of an extent of data that is longer
// than any may be: counted_end then tells how far it came. Charges a step
// for each entry. Spec: cluster-map, "From entries to extents".
//
// Faults: cluster.first.head, cluster.clusterofs.in-lcluster,
// cluster.lookback.nearest, cluster.cblkcnt.needs-big,
// cluster.cblkcnt.placed, cluster.cblkcnt.present, at the entry; limit; io.
[[nodiscard]] Result<IndexExtent> index_extent(
    ClusterIndex& index, const decode::ClusterHeader& header,
    std::uint64_t size, std::uint64_t offset, Budget& budget);

}  // namespace erofs::map

#endif  // EROFS_MAP_CLUSTER_WALK_H_
