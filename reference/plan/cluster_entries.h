// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_PLAN_CLUSTER_ENTRIES_H_
#define EROFS_PLAN_CLUSTER_ENTRIES_H_

#include <cstdint>
#include <span>
#include <vector>

#include "format/limits.gen.h"
#include "plan/extent.h"

namespace erofs::plan {

// What either index says of one logical cluster of a block.
struct ClusterEntry {
  format::ClusterType type = format::ClusterType::kNonhead;
  std::uint16_t offset = 0;   // head: where its extent begins in the cluster
  std::uint64_t block = 0;    // head: first block; fragment: position >> 32
  bool addressed = false;     // head: `block` is that of a physical cluster
  bool partial = false;       // head
  std::uint16_t back = 0;     // no head: to the head; may be short of it
  std::uint16_t forward = 0;  // no head: to the next one; may be short of it
  // No head, behind a head of an inode with big pclusters: 1 + its blocks;
  // 0 elsewhere.
  std::uint32_t count_mark = 0;
};

// `extents` cover a file of `size` bytes; `big`: pclusters may have several
// blocks.
[[nodiscard]] std::vector<ClusterEntry> cluster_entries(
    std::span<const Extent> extents, std::uint64_t size, unsigned block_bits,
    bool big);

}  // namespace erofs::plan

#endif  // EROFS_PLAN_CLUSTER_ENTRIES_H_
