// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/place.h"

#include <fmt/core.h>

namespace erofs::report {

std::string space_text(std::uint32_t space) {
  switch (space) {
    case Place::kPrimary:
      return {};
    case Place::kMetabox:
      return "metabox";
    case Place::kPacked:
      return "packed inode";
    default:
      return fmt::format("device {}", space);
  }
}

std::string place_text(const Place& place) {
  std::string text = space_text(place.space);
  if (!text.empty()) text += ' ';
  return text + fmt::format("byte {0} ({0:#x})", place.offset);
}

}  // namespace erofs::report
