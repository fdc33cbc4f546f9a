// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/running_sums.h"

#include <algorithm>

namespace erofs::map {

void RunningSums::start(std::uint64_t value) {
  *this = RunningSums();
  started_ = true;
  first_ = value;
  latest_ = {0, value};
}

RunningSums::Sum RunningSums::before(std::uint64_t index) const noexcept {
  // kept_[i] is the sum before number (i + 1) * stride_.
  const std::uint64_t whole =
      std::min<std::uint64_t>(index / stride_, kept_.size());
  Sum best{0, first_};
  if (whole != 0) {
    best = {whole * stride_, kept_[static_cast<std::size_t>(whole - 1)]};
  }
  if (latest_.index <= index && latest_.index > best.index) best = latest_;
  return best;
}

void RunningSums::note(Sum sum) {
  latest_ = sum;
  if (sum.index != (kept_.size() + 1) * stride_) return;
  if (kept_.size() == kMost) {
    // Keeps those of every second multiple, which stand at odd positions.
    for (std::size_t i = 0; i < kMost / 2; ++i) kept_[i] = kept_[2 * i + 1];
    kept_.resize(kMost / 2);
    stride_ *= 2;
    if (sum.index != (kept_.size() + 1) * stride_) return;
  }
  kept_.push_back(sum.value);
}

}  // namespace erofs::map
