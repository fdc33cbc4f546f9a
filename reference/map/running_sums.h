// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_MAP_RUNNING_SUMS_H_
#define EROFS_MAP_RUNNING_SUMS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace erofs::map {

// What numbers of a long list add up to before some of them: few enough to
// keep, close enough to go on from.
class RunningSums {
 public:
  // Sums that are kept at most. With the next one every second goes.
  static constexpr std::size_t kMost = 512;
  // Numbers between two of them at first.
  static constexpr std::uint64_t kFirstStride = 512;

  struct Sum {
    std::uint64_t index = 0;  // numbers before this one are in it
    std::uint64_t value = 0;
  };

  // Forgets everything; the list begins with `value`.
  void start(std::uint64_t value);
  [[nodiscard]] bool started() const noexcept { return started_; }
  // The sum that is known closest to `index`, not behind it.
  [[nodiscard]] Sum before(std::uint64_t index) const noexcept;
  // Tells a sum. Sums are told in order from before() on, one by one.
  void note(Sum sum);

 private:
  bool started_ = false;
  std::uint64_t stride_ = kFirstStride;
  std::vector<std::uint64_t> kept_;  // of index stride_, 2 * stride_, ...
  std::uint64_t first_ = 0;
  Sum latest_;
};

}  // namespace erofs::map

#endif  // EROFS_MAP_RUNNING_SUMS_H_
