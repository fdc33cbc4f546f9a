// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_COMPOSEFS_READ_H_
#define EROFS_TREE_COMPOSEFS_READ_H_

#include <cstdint>
#include <istream>

#include "tree/outcome.h"
#include "tree/tree.h"

namespace erofs::tree {

enum class DumpUse : std::uint8_t {
  kLayer,  // as mkcomposefs: for an overlayfs with the contents in a layer
  kPlain,  // what the lines say and nothing else; all content in the dump
};

// The tree of a dump as composefs-dump(5) describes it. The root comes first,
// directories before what is in them; links may come before their files.
[[nodiscard]] Outcome<Tree> read_composefs_dump(std::istream& lines,
                                                DumpUse use);

}  // namespace erofs::tree

#endif  // EROFS_TREE_COMPOSEFS_READ_H_
