// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EXTRACT_ALL_PATHS_H_
#define EROFS_EXTRACT_ALL_PATHS_H_

#include <functional>

#include "base/budget.h"
#include "base/result.h"
#include "read/volume.h"
#include "read/walk.h"

namespace erofs::extract {

// Calls `visit` for every path of the image, in the order of read::walk().
// Requires what a mount requires: the first mount fault is returned before
// any path. Faults: those of walk() and node(); those of `visit`.
[[nodiscard]] Status all_paths(
    const read::Volume& volume, Budget& budget,
    const std::function<Status(const read::Visit&)>& visit);

}  // namespace erofs::extract

#endif  // EROFS_EXTRACT_ALL_PATHS_H_
