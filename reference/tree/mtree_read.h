// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_MTREE_READ_H_
#define EROFS_TREE_MTREE_READ_H_

#include <istream>
#include <string>

#include "tree/outcome.h"
#include "tree/tree.h"

namespace erofs::tree {

struct MtreeOptions {
  std::string directory;  // what the paths of contents are relative to
  bool marked = true;     // the first line has to be "#mtree"
  bool owners = true;     // each file has to have a uid and a gid ...
  bool times = true;      // ... and a time; else 0 stands for them
};

// The tree that an mtree(5) specification describes: all of it has to be
// there, the root and the type and mode of each file, too. The content of a
// file of a size is that of the host's file that "contents" names, or of the
// one at the same path below `directory`; size and SHA-256 have to be
// theirs. Lines of one "inode" and type, and an "nlink" above 1, are names of
// one file. A file that is "optional" and has no content is left out.
[[nodiscard]] Outcome<Tree> read_mtree(std::istream& lines,
                                       const MtreeOptions& options,
                                       Notes& notes);

}  // namespace erofs::tree

#endif  // EROFS_TREE_MTREE_READ_H_
