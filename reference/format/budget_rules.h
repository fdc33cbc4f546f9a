// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_FORMAT_BUDGET_RULES_H_
#define EROFS_FORMAT_BUDGET_RULES_H_

#include "base/budget.h"

namespace erofs::format {

// The limit rules by their names, for whoever makes a Budget.
[[nodiscard]] const LimitRules& budget_rules() noexcept;

}  // namespace erofs::format

#endif  // EROFS_FORMAT_BUDGET_RULES_H_
