// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/extent.h"

#include "format/inode.gen.h"

namespace erofs::map {

static_assert(format::InodeCompactView::kIUAt ==
              format::InodeExtendedView::kIUAt);

Place File::address_place() const noexcept {
  const std::uint64_t behind =
      std::uint64_t{inode.body_size} + inode.xattr_size;
  return Place{tail.space, tail.offset - behind}.plus(
      format::InodeCompactView::kIUAt);
}

}  // namespace erofs::map
