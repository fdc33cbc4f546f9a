// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_ARCHIVE_NODE_H_
#define EROFS_TREE_ARCHIVE_NODE_H_

#include <string>

#include "tree/outcome.h"
#include "tree/tree.h"

struct archive_entry;

namespace erofs::tree {

// The raw path of a member; empty where the library has none.
[[nodiscard]] std::string archive_path(archive_entry* entry);

// What a member says of a file, but for its content.
[[nodiscard]] Outcome<Node> archive_node(archive_entry* entry,
                                         const std::string& path);

}  // namespace erofs::tree

#endif  // EROFS_TREE_ARCHIVE_NODE_H_
