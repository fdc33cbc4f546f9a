// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "base/checked.h"
#include "check/phases.h"

namespace erofs::check {

void inventory(Context& ctx, const read::Node& node) {
  const decode::Inode& inode = node.inode();
  Inventory& into = ctx.report.inventory;
  ++into.inodes;
  ++into.by_type[static_cast<std::size_t>(inode.type)];
  if (inode.has_data()) {
    ++into.by_layout[static_cast<std::size_t>(inode.layout)];
  }
  ++(inode.extended ? into.extended : into.compact);
  if (inode.xattr_size != 0) ++into.with_xattrs;
  if (inode.type == format::ModeType::kRegular) {
    into.file_bytes =
        checked::add(into.file_bytes, inode.size).value_or(~std::uint64_t{0});
  }
}

}  // namespace erofs::check
