// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CONFINE_PATHS_H_
#define EROFS_CONFINE_PATHS_H_

#include "confine/confine.h"

namespace erofs::confine {

// Whether the kernel has Landlock, and it is switched on.
[[nodiscard]] bool paths_offered() noexcept;

// Takes from this thread, and from those that it makes, the use of all paths
// but what `needs` grants, and the network. Asks for no new privileges before.
// False where the kernel cannot.
[[nodiscard]] bool hold_to_paths(const Needs& needs) noexcept;

}  // namespace erofs::confine

#endif  // EROFS_CONFINE_PATHS_H_
