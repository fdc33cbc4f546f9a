// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/special.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/checked.h"
#include "map/map.h"

namespace erofs::read {

Result<std::unique_ptr<SpecialContent>> SpecialContent::open(
    const Volume& volume, const Node& node, Budget& budget) {
  EROFS_ASSIGN(map::FileMap map, map::FileMap::open(node.file, volume.devices(),
                                                    volume.geometry()));
  std::vector<map::Extent> extents;
  const std::uint64_t size = node.inode().size;
  for (std::uint64_t at = 0; at < size; at += extents.back().length) {
    EROFS_TRY(budget.memory(sizeof(map::Extent), node.at));
    EROFS_ASSIGN(const map::Extent extent, map.at(at, budget));
    extents.push_back(extent);
  }
  return std::unique_ptr<SpecialContent>(
      new SpecialContent(std::move(extents), size));
}

Status SpecialContent::read(std::uint64_t offset, MutableBytes out) const {
  if (!checked::within(offset, out.size(), size_)) {
    return io_fault({Place::kPrimary, offset}, ERANGE);
  }
  auto extent = std::upper_bound(
      extents_.begin(), extents_.end(), offset,
      [](std::uint64_t at, const map::Extent& e) { return at < e.logical; });
  if (extent != extents_.begin()) --extent;
  for (; !out.empty() && extent != extents_.end(); ++extent) {
    const map::Extent part = extent->from(offset);
    const MutableBytes room = out.head(part.length);
    if (part.kind == map::ExtentKind::kHole) {
      room.fill_zero();
    } else {
      EROFS_TRY(map::read(part.location, room));
    }
    out = out.tail(room.size());
    offset += room.size();
  }
  return {};
}

}  // namespace erofs::read
