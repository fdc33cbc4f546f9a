// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_ADJUST_H_
#define EROFS_TREE_ADJUST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tree/exclusion.h"
#include "tree/tree.h"

namespace erofs::tree {

// What is left out of a tree, and what its files have instead of their own.
struct Adjustment {
  std::shared_ptr<const Exclusion> exclude;  // nullptr for nothing
  bool drop_xattrs = false;
  // Added to the owners, modulo 2^32.
  std::uint32_t uid_offset = 0;
  std::uint32_t gid_offset = 0;
  // Instead of the owners, whatever the offsets.
  std::optional<std::uint32_t> uid;
  std::optional<std::uint32_t> gid;
  std::optional<std::int64_t> mtime_sec;  // of every file, to the second
  // Of files that are newer: seconds since 1970.
  std::optional<std::int64_t> newest_sec;
};

// Applies it to a tree, which is finished then.
void adjust(const Adjustment& how, Tree& tree);

}  // namespace erofs::tree

#endif  // EROFS_TREE_ADJUST_H_
