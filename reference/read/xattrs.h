// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_READ_XATTRS_H_
#define EROFS_READ_XATTRS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "base/budget.h"
#include "base/result.h"
#include "decode/xattr.h"
#include "read/node.h"

namespace erofs::read {

// The xattr area of one inode with the bytes it is decoded from. Empty for
// an inode without one.
struct XattrArea {
  std::vector<std::byte> bytes;
  Place at;
  decode::XattrBody body;  // views into `bytes`
};

// One shared entry with the bytes it is decoded from.
struct SharedXattr {
  std::vector<std::byte> bytes;
  decode::XattrEntry entry;  // views into `bytes`
};

// Faults: xattr.ibody.within-image where the area that the inode declares
// passes the end of its space. node() asks before it lets an inode through.
[[nodiscard]] Status xattr_area_within_space(const Node& node);

// Faults: those of decode::xattr_body(); limit; io.
[[nodiscard]] Result<XattrArea> xattr_area(const Volume& volume,
                                           const Node& node, Budget& budget);

// Where shared entry `id` lies: on the primary device, or in the metabox
// with SHARED_EA_IN_METABOX.
[[nodiscard]] Place shared_xattr_place(const Volume& volume,
                                       std::uint32_t id) noexcept;

// Faults: xattr.shared_id.within-image, also where the image lacks the
// metabox that SHARED_EA_IN_METABOX speaks of; what keeps the metabox from
// being read; limit; io.
[[nodiscard]] Result<SharedXattr> shared_xattr(const Volume& volume,
                                               std::uint32_t id,
                                               Budget& budget);

// The name of a stored entry as namespaces see it.
struct XattrName {
  std::uint8_t base_index = 0;  // short index; of the prefix for long ones
  std::string rest;          // name behind the base prefix: infix, then suffix
  bool known_prefix = true;  // false: a long index without a table record

  // The whole name, e.g. "user.mime"; empty where Linux has no handler for
  // base_index (it neither lists nor gets such an attribute).
  [[nodiscard]] std::string linux_name() const;
};
[[nodiscard]] XattrName xattr_name(const Volume& volume,
                                   const decode::XattrEntry& entry);

// Bit of the inode's name filter that this name maps to, 0..31.
// (xxHash32 of `rest`, seeded with base_index; spec: xattr, "Name filter".)
[[nodiscard]] std::uint32_t xattr_filter_bit(const XattrName& name);

}  // namespace erofs::read

#endif  // EROFS_READ_XATTRS_H_
