// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_MAP_FLAT_H_
#define EROFS_MAP_FLAT_H_

#include <cstdint>

#include "base/result.h"
#include "map/extent.h"

namespace erofs::map {

// Maps byte `offset` (below i_size) of a FLAT_PLAIN or FLAT_INLINE file.
// Spec: content, "Flat data".
//
// Faults: content.plain.within-device, content.inline.fit,
// content.inline.within-image; those of DeviceMap::locate().
[[nodiscard]] Result<Extent> flat(const File& file, std::uint64_t offset,
                                  const DeviceMap& devices,
                                  const decode::Geometry& geometry);

}  // namespace erofs::map

#endif  // EROFS_MAP_FLAT_H_
