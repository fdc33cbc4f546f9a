// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "cli/timer.h"

#include <algorithm>
#include <chrono>

namespace erofs::cli {
namespace {

// What a clock can count to; nobody waits that long.
constexpr std::uint64_t kMost = std::uint64_t{1} << 40;

}  // namespace

Timer::Timer(std::optional<std::uint64_t> milliseconds) {
  if (!milliseconds) return;
  deadline_.emplace(*milliseconds);
  if (*milliseconds == 0) {
    deadline_->pass();
  } else {
    thread_ = std::thread([this] { wait(); });
  }
}

Timer::~Timer() {
  if (!thread_.joinable()) return;
  {
    const std::scoped_lock lock(mutex_);
    end_ = true;
  }
  ended_.notify_one();
  thread_.join();
}

void Timer::wait() {
  const std::chrono::milliseconds time(
      std::min(deadline_->milliseconds(), kMost));
  std::unique_lock lock(mutex_);
  if (!ended_.wait_for(lock, time, [this] { return end_; })) deadline_->pass();
}

const Deadline* Timer::deadline() const noexcept {
  return deadline_ ? &*deadline_ : nullptr;
}

}  // namespace erofs::cli
