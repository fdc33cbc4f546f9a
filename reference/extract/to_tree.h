// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EXTRACT_TO_TREE_H_
#define EROFS_EXTRACT_TO_TREE_H_

#include <functional>

#include "base/budget.h"
#include "base/result.h"
#include "read/volume.h"
#include "tree/entry.h"

namespace erofs::extract {

// Hands every path of the image to `take` as Linux shows it, in the order of
// raw path bytes; the entry and its content live until `take` returns.
// Requires what a mount requires: the first mount fault is returned before
// any entry. Faults: those of walk(), linux_xattrs(), Content.
[[nodiscard]] Status to_tree(
    const read::Volume& volume, Budget& budget,
    const std::function<Status(const tree::Entry&)>& take);

}  // namespace erofs::extract

#endif  // EROFS_EXTRACT_TO_TREE_H_
