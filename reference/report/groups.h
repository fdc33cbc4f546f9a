// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_GROUPS_H_
#define EROFS_REPORT_GROUPS_H_

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "check/report.h"

namespace erofs::report {

struct ClassText {
  format::RuleClass cls;
  std::string_view meaning;
};

// Worst first, as verdicts are.
inline constexpr std::array<ClassText, 6> kClasses = {{
    {format::RuleClass::kMalformed, "readers must refuse this"},
    {format::RuleClass::kInvalid,
     "against the format, though readers may cope"},
    {format::RuleClass::kIo, "bytes could not be had"},
    {format::RuleClass::kLimit, "not looked at to the end"},
    {format::RuleClass::kUnsupported,
     "needs what this version, or that kernel, lacks"},
    {format::RuleClass::kAdvisory, "allowed, but worth a look"},
}};

// Findings of one rule, in the order in which they stand in the report.
struct Group {
  RuleId rule{};
  std::vector<const check::Finding*> findings;
};

// The rules of a class that have findings, in the order of the first ones.
[[nodiscard]] std::vector<Group> groups_of(const check::Report& report,
                                           format::RuleClass cls);

// "byte 32 (0x20): value 7 (0x7), inode 36, /a": where it is, and what.
[[nodiscard]] std::string finding_text(const check::Finding& finding);

}  // namespace erofs::report

#endif  // EROFS_REPORT_GROUPS_H_
