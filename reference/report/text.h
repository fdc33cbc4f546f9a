// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_TEXT_H_
#define EROFS_REPORT_TEXT_H_

#include <string>
#include <string_view>

#include "check/report.h"

namespace erofs::report {

struct TextOptions {
  bool color = false;
  bool quiet = false;  // the verdict line only
};

// What `check` prints: one block a finding (worst first), then the verdict.
[[nodiscard]] std::string check_text(const check::Report& report,
                                     std::string_view image,
                                     const TextOptions& options);

// What `audit` prints: superblock, inventory, use of bytes (drawn as bars),
// then as check_text().
[[nodiscard]] std::string audit_text(const check::Report& report,
                                     std::string_view image,
                                     const TextOptions& options);

}  // namespace erofs::report

#endif  // EROFS_REPORT_TEXT_H_
