// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CLI_EXTENT_TEXT_H_
#define EROFS_CLI_EXTENT_TEXT_H_

#include <string>

#include "cli/node_text.h"
#include "map/extent.h"

namespace erofs::cli {

// {"offset": N}, with "space" before it where that is not the primary device.
[[nodiscard]] Json place_json(const Place& place);

// All facts of an extent.
[[nodiscard]] Json extent_json(const map::Extent& extent);
// One line: where in the file, what, where in the image.
[[nodiscard]] std::string extent_text(const map::Extent& extent);

// A table of extents: the line above it, and one line of it.
[[nodiscard]] std::string extent_table_head();
[[nodiscard]] std::string extent_table_row(const map::Extent& extent);

}  // namespace erofs::cli

#endif  // EROFS_CLI_EXTENT_TEXT_H_
