// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_USAGE_DRAWING_H_
#define EROFS_REPORT_USAGE_DRAWING_H_

#include <string>

#include "check/report.h"

namespace erofs::report {

// usage_bar() as HTML: a bar drawn in SVG, and a table that explains its
// colours. Empty where there are no bytes.
[[nodiscard]] std::string usage_drawing(const check::Usage& usage);

}  // namespace erofs::report

#endif  // EROFS_REPORT_USAGE_DRAWING_H_
