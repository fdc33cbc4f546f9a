// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_EACH_PATH_H_
#define EROFS_TREE_EACH_PATH_H_

#include <functional>
#include <string>

#include "tree/tree.h"

namespace erofs::tree {

// Hands each node of a finished tree to `take` once, with the first of its
// paths, "/" or "/a/b": directories before what is in them. Ends early where
// `take` says false.
void each_path(const Tree& tree,
               const std::function<bool(NodeId, const std::string&)>& take);

}  // namespace erofs::tree

#endif  // EROFS_TREE_EACH_PATH_H_
