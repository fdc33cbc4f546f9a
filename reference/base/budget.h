// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_BASE_BUDGET_H_
#define EROFS_BASE_BUDGET_H_

#include <cstdint>

#include "base/deadline.h"
#include "base/result.h"

namespace erofs {

// What one operation may cost. Numbers are the caller's policy, never the
// image's; running out is a verdict of its own.
struct Limits {
  std::uint64_t work = 0;    // bytes of metadata and steps looked at
  std::uint64_t memory = 0;  // bytes of bookkeeping held at one time
  std::uint64_t depth = 0;   // nested directories
  std::uint64_t output = 0;  // bytes of file content and text produced
  // When the caller's time is over; nothing for no such limit. Outlives all
  // that is charged.
  const Deadline* deadline = nullptr;
};

// The rules that a Budget names when a limit is reached.
struct LimitRules {
  RuleId work{};
  RuleId memory{};
  RuleId depth{};
  RuleId output{};
  RuleId time{};
};

// Counts what has been spent. Not for use from several threads.
class Budget {
 public:
  Budget(const Limits& limits, const LimitRules& rules) noexcept
      : limits_(limits), rules_(rules) {}

  // Each takes `amount` or faults with kLimit; the fault's value is the
  // limit that would have been passed. Those that count steps and bytes
  // fault as well when the deadline has passed; its value is milliseconds.
  [[nodiscard]] Status work(std::uint64_t amount, Place where);
  [[nodiscard]] Status output(std::uint64_t amount, Place where);
  [[nodiscard]] Status memory(std::uint64_t amount, Place where);
  void release_memory(std::uint64_t amount) noexcept;
  // Faults where `depth` is more than the limit; keeps no state.
  [[nodiscard]] Status depth(std::uint64_t depth, Place where) const;

  [[nodiscard]] const Limits& limits() const noexcept { return limits_; }
  [[nodiscard]] std::uint64_t work_spent() const noexcept { return work_; }
  [[nodiscard]] std::uint64_t output_spent() const noexcept { return output_; }
  [[nodiscard]] std::uint64_t memory_peak() const noexcept { return peak_; }

 private:
  // Whether there is time left.
  [[nodiscard]] Status time(Place where) const;

  Limits limits_;
  LimitRules rules_;
  std::uint64_t work_ = 0;
  std::uint64_t output_ = 0;
  std::uint64_t memory_ = 0;
  std::uint64_t peak_ = 0;
};

}  // namespace erofs

#endif  // EROFS_BASE_BUDGET_H_
