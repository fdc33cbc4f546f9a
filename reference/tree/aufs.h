// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_AUFS_H_
#define EROFS_TREE_AUFS_H_

#include <set>
#include <string>
#include <string_view>

#include "tree/outcome.h"
#include "tree/tree.h"

namespace erofs::tree {

// Turns the names by which AUFS deletes into what overlayfs has for it.
class Aufs {
 public:
  // Whether the path was one of those, and needs nothing else done. `like`
  // has the owner and the time of a whiteout.
  Outcome<bool> take(std::string_view path, const Node& like, Tree& tree);
  // Marks the directories, once nothing is put any more.
  void mark(Tree& tree) const;

 private:
  std::set<std::string> opaque_;
  std::set<std::string> deleting_;  // have whiteouts
};

}  // namespace erofs::tree

#endif  // EROFS_TREE_AUFS_H_
