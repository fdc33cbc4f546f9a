// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/set_xattr.h"

#include <algorithm>
#include <utility>

namespace erofs::tree {

void set_xattr(Node& node, const std::string& name,
               std::optional<std::string> value) {
  const auto place = std::lower_bound(
      node.xattrs.begin(), node.xattrs.end(), name,
      [](const Xattr& a, const std::string& b) { return a.name < b; });
  const bool there = place != node.xattrs.end() && place->name == name;
  if (there && value) {
    place->value = std::move(*value);
  } else if (there) {
    node.xattrs.erase(place);
  } else if (value) {
    node.xattrs.insert(place, {name, std::move(*value)});
  }
}

}  // namespace erofs::tree
