// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_FINDINGS_TEXT_H_
#define EROFS_REPORT_FINDINGS_TEXT_H_

#include <string>

#include "check/report.h"
#include "report/paint.h"

namespace erofs::report {

// Places shown of one rule; the rest is only counted.
inline constexpr std::size_t kShownPerRule = 8;

// All findings for people: by class, worst first, then by rule, each rule
// with its sentence, its places and what to do. Empty where there are none.
[[nodiscard]] std::string findings_text(const check::Report& report,
                                        const Paint& paint);

// "2 malformed, 1 advisory"; empty where there is no finding.
[[nodiscard]] std::string counts_text(const check::Report& report);

}  // namespace erofs::report

#endif  // EROFS_REPORT_FINDINGS_TEXT_H_
