// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_SET_XATTR_H_
#define EROFS_TREE_SET_XATTR_H_

#include <optional>
#include <string>

#include "tree/tree.h"

namespace erofs::tree {

// Gives a node the attribute `name` in place of the one it may have; no
// value takes it away. The attributes stay in their order.
void set_xattr(Node& node, const std::string& name,
               std::optional<std::string> value);

}  // namespace erofs::tree

#endif  // EROFS_TREE_SET_XATTR_H_
