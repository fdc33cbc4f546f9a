// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_SUPPORT_BUDGETS_H_
#define EROFS_SUPPORT_BUDGETS_H_

#include <cstdint>
#include <limits>

#include "base/budget.h"
#include "format/budget_rules.h"

namespace erofs::test {

inline constexpr std::uint64_t kUnlimited =
    std::numeric_limits<std::uint64_t>::max();

// Room for everything a test may want.
inline Budget plenty() {
  return Budget({kUnlimited, kUnlimited, kUnlimited, kUnlimited},
                format::budget_rules());
}

// The same with `work` units of work.
inline Budget with_work(std::uint64_t work) {
  return Budget({work, kUnlimited, kUnlimited, kUnlimited},
                format::budget_rules());
}

}  // namespace erofs::test

#endif  // EROFS_SUPPORT_BUDGETS_H_
