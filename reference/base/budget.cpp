// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "base/budget.h"

#include <algorithm>

namespace erofs {
namespace {

// Adds `amount` to `spent`, or leaves it alone and faults: a budget that ran
// out once may still grant a smaller request.
Status take(std::uint64_t& spent, std::uint64_t amount, std::uint64_t limit,
            RuleId rule, Place where) {
  if (amount > limit - spent) {
    return tl::unexpected<Fault>(Fault{FaultKind::kLimit, rule, where, limit});
  }
  spent += amount;
  return {};
}

}  // namespace

Status Budget::time(Place where) const {
  const Deadline* const deadline = limits_.deadline;
  if (deadline == nullptr || !deadline->passed()) return {};
  return tl::unexpected<Fault>(
      Fault{FaultKind::kLimit, rules_.time, where, deadline->milliseconds()});
}

Status Budget::work(std::uint64_t amount, Place where) {
  EROFS_TRY(time(where));
  return take(work_, amount, limits_.work, rules_.work, where);
}

Status Budget::output(std::uint64_t amount, Place where) {
  EROFS_TRY(time(where));
  return take(output_, amount, limits_.output, rules_.output, where);
}

Status Budget::memory(std::uint64_t amount, Place where) {
  EROFS_TRY(take(memory_, amount, limits_.memory, rules_.memory, where));
  peak_ = std::max(peak_, memory_);
  return {};
}

void Budget::release_memory(std::uint64_t amount) noexcept {
  memory_ -= std::min(amount, memory_);
}

Status Budget::depth(std::uint64_t depth, Place where) const {
  std::uint64_t none = 0;
  return take(none, depth, limits_.depth, rules_.depth, where);
}

}  // namespace erofs
