// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_MANIFEST_READ_H_
#define EROFS_TREE_MANIFEST_READ_H_

#include <istream>
#include <string>

#include "tree/outcome.h"
#include "tree/tree.h"

namespace erofs::tree {

// The tree of a canonical manifest whose files of a size have their content
// in "data" (base64) or in the file that "source" names, relative to
// `directory`; a "sha256" beside them has to be theirs. Lines of one "ino"
// and type, and an "nlink" above 1, are names of one file.
[[nodiscard]] Outcome<Tree> read_manifest(std::istream& lines,
                                          const std::string& directory);

}  // namespace erofs::tree

#endif  // EROFS_TREE_MANIFEST_READ_H_
