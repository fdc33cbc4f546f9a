// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_MAP_JSON_H_
#define EROFS_REPORT_MAP_JSON_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "check/range.h"
#include "report/map_totals.h"

namespace erofs::report {

// `map --json`: lines of JSON, so that a reader needs no memory for all of
// them. The first says what they are.
[[nodiscard]] std::string map_head_json(std::string_view image,
                                        std::uint64_t bytes);
// One piece; `path` as of check::OwnerPaths.
[[nodiscard]] std::string map_piece_json(const check::Piece& piece,
                                         std::string_view path);
// The last line.
[[nodiscard]] std::string map_totals_json(const MapTotals& totals, bool whole);

}  // namespace erofs::report

#endif  // EROFS_REPORT_MAP_JSON_H_
