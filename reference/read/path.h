// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_READ_PATH_H_
#define EROFS_READ_PATH_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/budget.h"
#include "base/result.h"
#include "read/node.h"

namespace erofs::read {

enum class LastLink : std::uint8_t { kFollow, kKeep };

// Links that one resolution may follow, as Linux has it (MAXSYMLINKS).
inline constexpr unsigned kLinkBudget = 40;

// Why a path led nowhere, when the image itself is not at fault.
enum class PathError : std::uint8_t { kNotFound, kNotADirectory, kLoop };

struct PathResult {
  std::optional<Node> node;  // set where the path leads to one
  PathError error = PathError::kNotFound;
};

// Resolves `path` from the root; links are resolved inside the image, ".."
// stops at the root, empty and "." components stay where they are.
// Faults: those of node(), lookup(), read_text().
[[nodiscard]] Result<PathResult> resolve(const Volume& volume,
                                         std::string_view path, LastLink last,
                                         Budget& budget);

}  // namespace erofs::read

#endif  // EROFS_READ_PATH_H_
