// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_PLAN_CLUSTER_HEADER_H_
#define EROFS_PLAN_CLUSTER_HEADER_H_

#include <span>

#include "format/cluster.gen.h"
#include "plan/cluster_index.h"
#include "plan/extent.h"

namespace erofs::plan {

// What a map header is aligned to, in bytes.
inline constexpr unsigned kMapAlign = 8;

// The map header of an index, with what the last extent needs of it; the
// bit `form` is clear.
[[nodiscard]] format::ClusterHeaderBuilder cluster_header(
    std::span<const Extent> extents, const MapFacts& facts);

}  // namespace erofs::plan

#endif  // EROFS_PLAN_CLUSTER_HEADER_H_
