// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_KNOWN_BUGS_H_
#define EROFS_REPORT_KNOWN_BUGS_H_

#include <string>
#include <string_view>
#include <vector>

#include "format/writers.gen.h"

namespace erofs::report {

// The writer bugs of whose trace a finding of the rule `id` can be a part,
// those first that hardly anything else leaves.
[[nodiscard]] std::vector<const format::WriterBug*> bugs_behind(
    std::string_view id);

// Which versions of what it is: "erofs-utils 1.8.8, fixed in 1.8.9".
[[nodiscard]] std::string bug_versions(const format::WriterBug& bug);

// What a user is told of the bugs behind a rule: the telling ones each in a
// line, the others by number. Empty where there is none.
[[nodiscard]] std::vector<std::string> bug_hints(std::string_view id);

}  // namespace erofs::report

#endif  // EROFS_REPORT_KNOWN_BUGS_H_
