// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_PLAN_CLUSTER_INDEX_H_
#define EROFS_PLAN_CLUSTER_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "plan/extent.h"

namespace erofs::plan {

// What the map of a compressed inode depends on beside its extents.
struct MapFacts {
  std::uint64_t size = 0;  // bytes of the file
  unsigned block_bits = 12;
  std::uint8_t algorithm = 0;  // a value of format::Algorithm
  bool big = false;            // pclusters may have several blocks
  // Where the map header begins, modulo 32.
  std::uint32_t header_at = 0;
};

// Whether the compact index can say it all; else the full one does.
[[nodiscard]] bool compact_can(std::span<const Extent> extents,
                               unsigned block_bits) noexcept;

// Bytes of the header and either index: what is behind them is the tail.
[[nodiscard]] std::size_t full_index_size(const MapFacts& facts) noexcept;
[[nodiscard]] std::size_t compact_index_size(const MapFacts& facts) noexcept;

// Header and index. Starts of the extents are settled.
[[nodiscard]] std::vector<std::byte> full_index(std::span<const Extent> extents,
                                                const MapFacts& facts);
[[nodiscard]] std::vector<std::byte> compact_index(
    std::span<const Extent> extents, const MapFacts& facts);

// The header of a file that is one fragment at `start`.
[[nodiscard]] std::vector<std::byte> fragment_header(std::uint64_t start);

}  // namespace erofs::plan

#endif  // EROFS_PLAN_CLUSTER_INDEX_H_
