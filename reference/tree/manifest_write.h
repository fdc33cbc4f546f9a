// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_MANIFEST_WRITE_H_
#define EROFS_TREE_MANIFEST_WRITE_H_

#include <string>

#include "base/result.h"
#include "tree/entry.h"

namespace erofs::tree {

// One line of the canonical manifest, newline included: a JSON object with
// the keys path, type, mode, uid, gid, nlink, size, ino, mtime_sec,
// mtime_nsec, then where they apply rdev, target, sha256, xattrs, in this
// order. Reads the whole content of a regular file once, in pieces.
// Faults: those of the content's source.
[[nodiscard]] Result<std::string> manifest_line(const Entry& entry);

}  // namespace erofs::tree

#endif  // EROFS_TREE_MANIFEST_WRITE_H_
