// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_JSON_H_
#define EROFS_REPORT_JSON_H_

#include <string>
#include <string_view>

#include "check/report.h"

namespace erofs::report {

// `check --json`: one object with schema, image, verdict, exit, counts,
// findings. Ends with a newline.
[[nodiscard]] std::string check_json(const check::Report& report,
                                     std::string_view image);

// `audit --format json`: the same, with superblock, inventory and usage.
[[nodiscard]] std::string audit_json(const check::Report& report,
                                     std::string_view image);

}  // namespace erofs::report

#endif  // EROFS_REPORT_JSON_H_
