// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_HAZARDS_H_
#define EROFS_REPORT_HAZARDS_H_

#include <array>
#include <string>
#include <string_view>

#include "check/report.h"
#include "report/paint.h"

namespace erofs::report {

struct HazardName {
  check::HazardKind kind;
  std::string_view key;   // in JSON
  std::string_view text;  // for people
};

// Every kind, in the order in which they are shown.
[[nodiscard]] const std::array<HazardName, check::kHazardKinds>&
hazard_names() noexcept;

// The sections "Hazards" and "Devices" of an audit, each with its head line;
// empty for what the image does not have. Paths and details are escaped.
[[nodiscard]] std::string hazards_text(const check::Report& report,
                                       const Paint& paint);

}  // namespace erofs::report

#endif  // EROFS_REPORT_HAZARDS_H_
