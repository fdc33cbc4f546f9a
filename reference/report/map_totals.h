// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_MAP_TOTALS_H_
#define EROFS_REPORT_MAP_TOTALS_H_

#include <array>
#include <cstdint>
#include <map>

#include "check/range.h"

namespace erofs::report {

// Pieces of one space, by kind.
struct SpaceTotal {
  check::Usage bytes;
  std::array<std::uint64_t, check::kRangeKinds> pieces{};
};

// Of all spaces, by Place::space.
class MapTotals {
 public:
  void note(const check::Piece& piece) {
    SpaceTotal& total = spaces_[piece.space];
    total.bytes.note(piece);
    ++total.pieces[static_cast<std::size_t>(piece.kind)];
  }
  [[nodiscard]] const std::map<std::uint32_t, SpaceTotal>& spaces()
      const noexcept {
    return spaces_;
  }

 private:
  std::map<std::uint32_t, SpaceTotal> spaces_;
};

}  // namespace erofs::report

#endif  // EROFS_REPORT_MAP_TOTALS_H_
