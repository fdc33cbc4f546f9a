// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_RECENT_H_
#define EROFS_CHECK_RECENT_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/fault.h"

namespace erofs::check {

// Remembers places that were looked at, some of them: a place that many
// inodes share is mostly looked at once.
class RecentPlaces {
 public:
  // Whether `place` is not remembered; it is from now on.
  [[nodiscard]] bool fresh(Place place) noexcept {
    constexpr std::uint64_t kOdd = 11400714819323198485U;  // 2^64 / phi
    const std::uint64_t mixed = (place.offset + place.space) * kOdd;
    Place& slot = slots_[static_cast<std::size_t>(mixed >> (64 - kBits))];
    if (slot == place) return false;
    slot = place;
    return true;
  }

 private:
  static constexpr unsigned kBits = 10;
  // No content starts at the beginning of the primary device.
  std::array<Place, std::size_t{1} << kBits> slots_{};
};

}  // namespace erofs::check

#endif  // EROFS_CHECK_RECENT_H_
