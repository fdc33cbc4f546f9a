// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "work/gate.h"

#include <algorithm>

#include "base/checked.h"

namespace erofs::work {

Gate::Pass Gate::enter(std::uint64_t bytes) {
  wait(bytes);
  return {*this, bytes};
}

void Gate::wait(std::uint64_t bytes) {
  std::unique_lock lock(mutex_);
  freed_.wait(lock, [&] { return fits(bytes); });
  hold(bytes);
}

bool Gate::take(std::uint64_t bytes) {
  const std::scoped_lock lock(mutex_);
  if (!fits(bytes)) return false;
  hold(bytes);
  return true;
}

bool Gate::fits(std::uint64_t bytes) const noexcept {
  return held_ == 0 || checked::within(held_, bytes, bytes_);
}

void Gate::hold(std::uint64_t bytes) noexcept {
  held_ += bytes;  // alone, or below the bound
  peak_ = std::max(peak_, held_);
}

void Gate::leave(std::uint64_t bytes) noexcept {
  {
    const std::scoped_lock lock(mutex_);
    held_ -= bytes;
  }
  freed_.notify_all();
}

std::uint64_t Gate::held() const {
  const std::scoped_lock lock(mutex_);
  return held_;
}

std::uint64_t Gate::peak() const {
  const std::scoped_lock lock(mutex_);
  return peak_;
}

}  // namespace erofs::work
