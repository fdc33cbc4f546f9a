// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_COMPOSEFS_LAYER_H_
#define EROFS_TREE_COMPOSEFS_LAYER_H_

#include <optional>
#include <string>
#include <vector>

#include "tree/tree.h"

namespace erofs::tree {

// What a tree needs to be the metadata layer of composefs, the lower layer of
// an overlayfs whose files have their content in another: as mkcomposefs
// writes its version 1.

// Makes attributes that overlayfs would take for its own those of a layer
// below: "trusted.overlay.x" becomes "trusted.overlay.overlay.x".
void escape_overlay(std::vector<Xattr>& xattrs);

// Makes a file of a size one whose content is elsewhere: at `path`, if there
// is one, within the layer of the data, with the fs-verity digest `digest` of
// 64 hexadecimal digits, if there is one.
void refer(Node& node, const std::optional<std::string>& path,
           const std::optional<std::string>& digest);

// The whole tree, which is finished before and after: whiteouts become those
// of a layer below, and the layer of the data stays out of sight: the root is
// opaque and whites out "00" to "ff".
void complete_layer(Tree& tree);

}  // namespace erofs::tree

#endif  // EROFS_TREE_COMPOSEFS_LAYER_H_
