// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_TAR_READ_H_
#define EROFS_TREE_TAR_READ_H_

#include <string>

#include "tree/outcome.h"
#include "tree/tree.h"

namespace erofs::tree {

struct TarOptions {
  std::string name;     // what errors call the archive
  std::string scratch;  // a directory for what cannot be read twice
  bool aufs = false;    // names that delete become what overlayfs has
};

// The tree in a tar archive (ustar, pax, GNU; plain or compressed by gzip,
// xz or zstd), from where `descriptor` stands, which is not closed. Contents
// of a plain archive in a regular file stay where they are; others go into a
// nameless file. Missing parents are made; later members win.
[[nodiscard]] Outcome<Tree> read_tar(int descriptor, const TarOptions& options,
                                     Notes& notes);

}  // namespace erofs::tree

#endif  // EROFS_TREE_TAR_READ_H_
