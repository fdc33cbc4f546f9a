// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_READ_DIRECTORY_GUARD_H_
#define EROFS_READ_DIRECTORY_GUARD_H_

#include <cstdint>
#include <set>

#include "base/budget.h"
#include "base/result.h"

namespace erofs::read {

// Lets a walk enter each directory once, which bounds it by the number of
// directories and keeps the tree a tree.
class DirectoryGuard {
 public:
  // `entry` is where the directory entry stands; value of the first two
  // faults is the nid. Faults:
  // tree.directory.acyclic where `nid` is open further up;
  // tree.directory.one-parent where it was entered before; limit (memory).
  Status enter(std::uint64_t nid, Place entry, Budget& budget);
  // The directory that was entered last is done.
  void leave(std::uint64_t nid) noexcept;
  // Forgets everything and gives the memory back to `budget`.
  void clear(Budget& budget) noexcept;

 private:
  // Ordered: an image chooses its nids, so it could choose what collides.
  std::set<std::uint64_t> seen_;
  std::set<std::uint64_t> open_;
};

}  // namespace erofs::read

#endif  // EROFS_READ_DIRECTORY_GUARD_H_
