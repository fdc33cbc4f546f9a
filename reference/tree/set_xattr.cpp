// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/set_xattr.h"

#include <algorithm>
#include <utility>

namespace erofs::tree {

void set_xattr(std::vector<Xattr>& xattrs, const std::string& name,
               std::optional<std::string> value) {
  const auto place = std::lower_bound(
      xattrs.begin(), xattrs.end(), name,
      [](const Xattr& a, const std::string& b) { return a.name < b; });
  const bool there = place != xattrs.end() && place->name == name;
  if (there && value) {
    place->value = std::move(*value);
  } else if (there) {
    xattrs.erase(place);
  } else if (value) {
    xattrs.insert(place, {name, std::move(*value)});
  }
}

}  // namespace erofs::tree
