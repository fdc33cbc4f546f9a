// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_PLAN_INDEX_RECORDS_H_
#define EROFS_PLAN_INDEX_RECORDS_H_

#include <cstddef>
#include <span>
#include <vector>

#include "plan/cluster_index.h"
#include "plan/extent.h"

namespace erofs::plan {

// The map of a compressed file as records of its extents, in the smallest of
// their four sizes. Only images of the feature 48BIT have it. Extents are at
// least one, and as in cluster_index.h.

// Whether records can say it at all: they know no tail behind the inode.
[[nodiscard]] bool records_can(std::span<const Extent> extents) noexcept;

// Bytes of header and records.
[[nodiscard]] std::size_t records_size(std::span<const Extent> extents,
                                       const MapFacts& facts);

// Header and records. Starts of the extents are settled; facts.header_at is.
[[nodiscard]] std::vector<std::byte> extent_records(
    std::span<const Extent> extents, const MapFacts& facts);

}  // namespace erofs::plan

#endif  // EROFS_PLAN_INDEX_RECORDS_H_
