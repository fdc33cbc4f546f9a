// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_SARIF_H_
#define EROFS_REPORT_SARIF_H_

#include <string>
#include <string_view>

#include "check/report.h"

namespace erofs::report {

struct SarifOptions {
  std::string_view version;  // of the tool
  // Absolute URI of FORMAT.md, for rules to refer to; may be empty.
  std::string_view specification = {};
};

// The findings in the Static Analysis Results Interchange Format 2.1.0: the
// rules that are broken, and one result for each finding that was kept.
// Malformed and invalid are errors, advice is a note, what was not judged is
// a warning; the run has failed unless the image was judged to its end.
[[nodiscard]] std::string sarif(const check::Report& report,
                                std::string_view image,
                                const SarifOptions& options);

}  // namespace erofs::report

#endif  // EROFS_REPORT_SARIF_H_
