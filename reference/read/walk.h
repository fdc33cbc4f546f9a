// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_READ_WALK_H_
#define EROFS_READ_WALK_H_

#include <cstdint>
#include <functional>
#include <string_view>

#include "base/budget.h"
#include "base/result.h"
#include "read/node.h"

namespace erofs::read {

struct Visit {
  std::string_view path;  // raw bytes, absolute; "/" for the root
  const Node& node;
  std::uint64_t depth;  // 0 for the root
};

// Calls `visit` for every path below and including `start`, in the order of
// raw path bytes ("/a", "/a-b", "/a/c"), without recursion. Dot entries are
// not visited. Stops at the first fault, the visitor's own included.
//
// Memory: the entries of the directories on the current path. Faults: those
// of node(), DirectoryReader and DirectoryGuard; limit (depth, memory, work).
[[nodiscard]] Status walk(const Volume& volume, const Node& start,
                          std::string_view start_path, Budget& budget,
                          const std::function<Status(const Visit&)>& visit);

}  // namespace erofs::read

#endif  // EROFS_READ_WALK_H_
