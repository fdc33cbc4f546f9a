// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_DIGESTS_H_
#define EROFS_TREE_DIGESTS_H_

#include <optional>
#include <string>

#include "tree/outcome.h"
#include "tree/tree.h"

namespace erofs::tree {

// Gives every regular file of a finished tree that is not empty the attribute
// `name`: the text "sha256:" and the 32 bytes of its content's SHA-256, as
// images with ISHARE_XATTRS keep it. Of files that are nothing but holes, 64
// GiB at most. The trouble that ended it, if any.
[[nodiscard]] std::optional<Trouble> set_digests(const std::string& name,
                                                 Tree& tree);

}  // namespace erofs::tree

#endif  // EROFS_TREE_DIGESTS_H_
