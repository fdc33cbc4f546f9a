// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_MAP_TEXT_H_
#define EROFS_REPORT_MAP_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "check/bounds.h"
#include "check/range.h"
#include "report/map_totals.h"

namespace erofs::report {

// `map` as a table for people, a line for each piece. Unless `full`, clusters
// of one file that follow each other and are used alike are one line.
class MapText {
 public:
  explicit MapText(bool full) noexcept : full_(full) {}

  // Text that is ready now; `path` as of check::OwnerPaths.
  [[nodiscard]] std::string piece(const check::Piece& piece,
                                  const check::Bounds& bounds,
                                  std::string_view path);
  // The rest.
  [[nodiscard]] std::string end();

 private:
  [[nodiscard]] bool joins(const check::Piece& piece) const noexcept;
  [[nodiscard]] std::string head(const check::Bounds& bounds);

  bool full_;
  bool begun_ = false;
  std::uint64_t count_ = 0;  // pieces in last_; 0: there is none
  check::Piece last_;
  std::string path_;
};

// What there is of each kind, and that it adds up.
[[nodiscard]] std::string map_totals_text(const MapTotals& totals);

}  // namespace erofs::report

#endif  // EROFS_REPORT_MAP_TEXT_H_
