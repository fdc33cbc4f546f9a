// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/names.h"

namespace erofs::report {

std::string_view type_name(format::ModeType type) noexcept {
  for (const TypeName& known : kTypeNames) {
    if (known.type == type) return known.name;
  }
  return "unknown";
}

std::string_view layout_name(format::Layout layout) noexcept {
  for (const LayoutName& known : kLayoutNames) {
    if (known.layout == layout) return known.name;
  }
  return "unknown";
}

}  // namespace erofs::report
