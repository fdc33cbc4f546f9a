// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CONFINE_CALLS_H_
#define EROFS_CONFINE_CALLS_H_

#include <memory>

#include "confine/confine.h"

namespace erofs::confine {

// Ends the life of a filter of libseccomp.
struct ReleaseFilter {
  void operator()(void* filter) const noexcept;
};
using Filter = std::unique_ptr<void, ReleaseFilter>;

// Whether the kernel filters calls as is needed here.
[[nodiscard]] bool filters_offered() noexcept;

// The calls that `needs` wants; nothing where the library knows no such
// machine.
[[nodiscard]] Filter filter_for(const Needs& needs) noexcept;

// Holds all threads of this process to filter_for(needs). False where that
// cannot be.
[[nodiscard]] bool hold_to_calls(const Needs& needs) noexcept;

}  // namespace erofs::confine

#endif  // EROFS_CONFINE_CALLS_H_
