// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_SET_XATTR_H_
#define EROFS_TREE_SET_XATTR_H_

#include <optional>
#include <string>
#include <vector>

#include "tree/tree.h"

namespace erofs::tree {

// Puts the attribute `name` into those of a node, in place of the one that may
// be there; no value takes it away. They stay in their order.
void set_xattr(std::vector<Xattr>& xattrs, const std::string& name,
               std::optional<std::string> value);

}  // namespace erofs::tree

#endif  // EROFS_TREE_SET_XATTR_H_
