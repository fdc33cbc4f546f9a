// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_BASE_DEADLINE_H_
#define EROFS_BASE_DEADLINE_H_

#include <atomic>
#include <cstdint>

namespace erofs {

// Whether somebody's time is over. Whoever has a clock says so, once; who
// works only asks. Safe for use from several threads.
class Deadline {
 public:
  // `milliseconds` that were granted, for reports.
  explicit Deadline(std::uint64_t milliseconds) noexcept
      : milliseconds_(milliseconds) {}

  void pass() noexcept { passed_.store(true, std::memory_order_relaxed); }
  [[nodiscard]] bool passed() const noexcept {
    return passed_.load(std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t milliseconds() const noexcept {
    return milliseconds_;
  }

 private:
  std::uint64_t milliseconds_;
  std::atomic<bool> passed_ = false;
};

}  // namespace erofs

#endif  // EROFS_BASE_DEADLINE_H_
