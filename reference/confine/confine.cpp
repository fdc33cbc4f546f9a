// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "confine/confine.h"

#include <sys/prctl.h>

#include "confine/calls.h"
#include "confine/paths.h"

namespace erofs::confine {

Held offered() noexcept { return {filters_offered(), paths_offered()}; }

Held confine(const Needs& needs) noexcept {
  Held held;
  // Both ask for it; nothing is started any more that could miss any.
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return held;
  held.paths = hold_to_paths(needs);
  held.calls = hold_to_calls(needs);
  return held;
}

bool narrow(const Needs& needs) noexcept { return hold_to_paths(needs); }

}  // namespace erofs::confine
