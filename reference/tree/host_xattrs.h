// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_HOST_XATTRS_H_
#define EROFS_TREE_HOST_XATTRS_H_

#include <string>
#include <vector>

#include "tree/outcome.h"
#include "tree/tree.h"

namespace erofs::tree {

// The attributes of a host file, links not followed, ascending by name; none
// where its filesystem has none.
[[nodiscard]] Outcome<std::vector<Xattr>> host_xattrs(const std::string& path);

}  // namespace erofs::tree

#endif  // EROFS_TREE_HOST_XATTRS_H_
