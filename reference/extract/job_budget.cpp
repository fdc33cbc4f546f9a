// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/job_budget.h"

#include <algorithm>
#include <limits>

#include "base/checked.h"
#include "format/budget_rules.h"

namespace erofs::extract {
namespace {

// Bytes that are decoded and not used, for one unit of work.
constexpr unsigned kDecodedShift = 4;

}  // namespace

JobBudgets::JobBudgets(const Limits& limits) noexcept : limits_(limits) {}

Budget JobBudgets::make(std::uint64_t size) const noexcept {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  Limits limits = limits_;
  const std::uint64_t spare =
      checked::shift_left(limits_.work, kDecodedShift).value_or(kMost);
  limits.output = checked::add(size, spare).value_or(kMost);
  return {limits, format::budget_rules()};
}

Status JobBudgets::left(Place where) const noexcept {
  const std::uint64_t total = total_.load(std::memory_order_relaxed);
  return Budget(limits_, format::budget_rules()).work(total, where);
}

void JobBudgets::add(const Budget& budget, std::uint64_t size) noexcept {
  const std::uint64_t used = std::min(size, budget.output_spent());
  const std::uint64_t unused = (budget.output_spent() - used) >> kDecodedShift;
  const std::uint64_t work = budget.work_spent() + unused;
  if (work == 0) return;
  work_.fetch_add(work, std::memory_order_relaxed);
  total_.fetch_add(work, std::memory_order_relaxed);
}

Status JobBudgets::charge(Budget& walk, Place where) noexcept {
  if (work_.load(std::memory_order_relaxed) == 0) return {};
  return walk.work(work_.exchange(0, std::memory_order_relaxed), where);
}

}  // namespace erofs::extract
