// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EXTRACT_JOB_BUDGET_H_
#define EROFS_EXTRACT_JOB_BUDGET_H_

#include <atomic>
#include <cstdint>

#include "base/budget.h"
#include "base/result.h"

namespace erofs::extract {

// What jobs spend beside the walk. The content that they read is charged by
// the walk before, so that a limit is reached at the same path whatever the
// jobs do; what they spend on finding and decoding it is added up here and
// charged by the walk later, as work. Only images that are made to be slow
// come near that limit.
class JobBudgets {
 public:
  // `limits` are those of the walk.
  explicit JobBudgets(const Limits& limits) noexcept;

  // For one job that reads `size` bytes of content.
  [[nodiscard]] Budget make(std::uint64_t size) const noexcept;
  // Whether jobs have not spent all of it together, as far as they told: many
  // are started before the walk is charged for the first. Faults: limit.
  [[nodiscard]] Status left(Place where) const noexcept;
  // Adds what that job spent.
  void add(const Budget& budget, std::uint64_t size) noexcept;
  // Charges `walk` for what was added since the last call. Faults: limit.
  [[nodiscard]] Status charge(Budget& walk, Place where) noexcept;

 private:
  Limits limits_;
  std::atomic<std::uint64_t> work_ = 0;
  std::atomic<std::uint64_t> total_ = 0;
};

}  // namespace erofs::extract

#endif  // EROFS_EXTRACT_JOB_BUDGET_H_
