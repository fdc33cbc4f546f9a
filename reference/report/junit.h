// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_JUNIT_H_
#define EROFS_REPORT_JUNIT_H_

#include <string>
#include <string_view>

#include "check/report.h"

namespace erofs::report {

// `check --format junit`: one suite for the image, with one case a rule. A
// malformed or invalid finding is a failure; a limit, an I/O failure and what
// is not supported are errors; advice is output of a case that passed. Rules
// without a finding passed if the image was judged to its end; if not, they
// are skipped, for nobody knows.
[[nodiscard]] std::string check_junit(const check::Report& report,
                                      std::string_view image);

}  // namespace erofs::report

#endif  // EROFS_REPORT_JUNIT_H_
