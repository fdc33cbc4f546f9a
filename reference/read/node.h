// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_READ_NODE_H_
#define EROFS_READ_NODE_H_

#include <cstdint>

#include "base/budget.h"
#include "base/result.h"
#include "map/extent.h"
#include "read/volume.h"

namespace erofs::read {

// One inode and where it lives.
struct Node {
  std::uint64_t nid = 0;
  Place at;        // of its body
  map::File file;  // the inode, what follows it, and its space

  [[nodiscard]] const decode::Inode& inode() const noexcept {
    return file.inode;
  }
  [[nodiscard]] Place xattrs_at() const noexcept {
    return at.plus(file.inode.body_size);
  }
};

// Loads inode `nid` from the primary device or the metabox. The body and
// the xattr area behind it lie within that space when this succeeds.
//
// Faults: inode.nid.within-image, inode.nid.metabox, xattr.ibody.within-image,
// those of decode::inode(); what keeps the metabox from being read; limit; io.
[[nodiscard]] Result<Node> node(const Volume& volume, std::uint64_t nid,
                                Budget& budget);

// st_ino as Linux 6.17 and later report it on 64-bit hosts: the nid, or for
// images with a metabox the nid with bit 63 moved to bit 31.
[[nodiscard]] std::uint64_t linux_ino(const Volume& volume,
                                      std::uint64_t nid) noexcept;

}  // namespace erofs::read

#endif  // EROFS_READ_NODE_H_
