// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_HOST_READ_H_
#define EROFS_TREE_HOST_READ_H_

#include <functional>
#include <string>

#include "tree/outcome.h"
#include "tree/tree.h"

namespace erofs::tree {

struct HostOptions {
  bool xattrs = true;
  bool hard_links = true;  // else each name is a file of its own
  // Whether a path of the tree stays out, with all below it; none for no.
  std::function<bool(const std::string& path)> leave_out{};
};

// The tree below a directory of this machine, which follows no link and
// crosses into other filesystems. Contents are read when they are asked for:
// a file that is not what it was by then faults with ESTALE. What this
// process may not read ends it.
[[nodiscard]] Outcome<Tree> read_host(const std::string& directory,
                                      const HostOptions& options);

}  // namespace erofs::tree

#endif  // EROFS_TREE_HOST_READ_H_
