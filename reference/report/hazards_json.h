// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_HAZARDS_JSON_H_
#define EROFS_REPORT_HAZARDS_JSON_H_

#include <nlohmann/json.hpp>

#include "check/report.h"

namespace erofs::report {

// Every kind by name: {"count": N, "kept": [{"nid", "path"?, "detail"?}]}.
// Paths and details are escaped.
[[nodiscard]] nlohmann::ordered_json hazards_json(
    const check::Hazards& hazards);

// The device table: [{"tag"?, "blocks", "uniaddr", "at_hand"}].
[[nodiscard]] nlohmann::ordered_json devices_json(const check::Report& report);

}  // namespace erofs::report

#endif  // EROFS_REPORT_HAZARDS_JSON_H_
