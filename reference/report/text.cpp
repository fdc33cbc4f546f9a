// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/text.h"

#include <fmt/core.h>

#include "report/findings_text.h"
#include "report/paint.h"

namespace erofs::report {
namespace {

Ink verdict_ink(check::Verdict verdict) noexcept {
  switch (verdict) {
    case check::Verdict::kMalformed:
    case check::Verdict::kInvalid:
      return Ink::kRed;
    case check::Verdict::kConforming:
      return Ink::kGreen;
    case check::Verdict::kIo:
    case check::Verdict::kLimit:
    case check::Verdict::kUnsupported:
      break;
  }
  return Ink::kYellow;
}

std::string verdict_line(const check::Report& report, std::string_view image,
                         const Paint& paint) {
  const auto verdict = report.verdict();
  std::string line =
      fmt::format("{}: {}", image,
                  paint(verdict_ink(verdict), check::verdict_name(verdict)));
  const std::string counts = counts_text(report);
  if (!counts.empty()) line += fmt::format(" ({})", counts);
  return line + '\n';
}

}  // namespace

std::string check_text(const check::Report& report, std::string_view image,
                       const TextOptions& options) {
  const Paint paint(options.color);
  std::string text;
  if (!options.quiet) text += findings_text(report, paint);
  return text + verdict_line(report, image, paint);
}

}  // namespace erofs::report
