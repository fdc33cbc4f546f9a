// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_HTML_H_
#define EROFS_REPORT_HTML_H_

#include <string>
#include <string_view>

#include "check/report.h"

namespace erofs::report {

// `audit --format html`: one page for people that needs nothing else, no
// network and no script: verdict, what the image is and holds, its bytes
// drawn by their use, then the findings, the worst first, each with its rule,
// its places and what to do.
[[nodiscard]] std::string audit_html(const check::Report& report,
                                     std::string_view image);

}  // namespace erofs::report

#endif  // EROFS_REPORT_HTML_H_
