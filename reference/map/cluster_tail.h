// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_MAP_CLUSTER_TAIL_H_
#define EROFS_MAP_CLUSTER_TAIL_H_

#include <cstdint>

#include "base/result.h"
#include "decode/geometry.h"
#include "map/device_map.h"
#include "map/image.h"

namespace erofs::map {

// The inline pcluster of `length` bytes at `at` in `space`, the space of its
// inode, which is not looked up in the device table.
// Spec: cluster-data, "Inline tail".
//
// Faults: cluster.inline.fit, cluster.inline.within-image; value: the length.
[[nodiscard]] Result<Location> inline_tail(const image::Source& space, Place at,
                                           std::uint32_t length,
                                           const decode::Geometry& geometry);

// `length` bytes at `offset` of the packed inode's content, which `named_at`
// tells of. Spec: cluster-data, "Fragments".
//
// Faults: cluster.fragment.nested, cluster.fragment.packed,
// cluster.fragment.within-packed (value: the end of the range); why the
// packed inode cannot be read.
[[nodiscard]] Result<Location> fragment(const Image& image,
                                        std::uint64_t offset,
                                        std::uint64_t length, Place named_at);

}  // namespace erofs::map

#endif  // EROFS_MAP_CLUSTER_TAIL_H_
