// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CLI_TIMER_H_
#define EROFS_CLI_TIMER_H_

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>

#include "base/deadline.h"

namespace erofs::cli {

// Passes a deadline when the time is over that counts from the making of it.
// Without a limit no thread is made and there is no deadline.
class Timer {
 public:
  explicit Timer(std::optional<std::uint64_t> milliseconds);
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;
  ~Timer();

  // Nothing where there is no limit; else lives as long as this.
  [[nodiscard]] const Deadline* deadline() const noexcept;

 private:
  void wait();

  std::optional<Deadline> deadline_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool end_ = false;
  std::thread thread_;
};

}  // namespace erofs::cli

#endif  // EROFS_CLI_TIMER_H_
