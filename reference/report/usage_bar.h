// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_USAGE_BAR_H_
#define EROFS_REPORT_USAGE_BAR_H_

#include <string>

#include "check/report.h"

namespace erofs::report {

// How the bytes of the primary device are used: one bar in which each kind
// of use has as many of the cells as its share (one at least where it has
// any byte), then a line each with mark, bytes and share.
[[nodiscard]] std::string usage_bar(const check::Usage& usage);

}  // namespace erofs::report

#endif  // EROFS_REPORT_USAGE_BAR_H_
