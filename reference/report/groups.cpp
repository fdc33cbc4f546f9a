// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/groups.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/escape.h"
#include "report/place.h"

namespace erofs::report {

std::vector<Group> groups_of(const check::Report& report,
                             format::RuleClass cls) {
  std::vector<Group> groups;
  for (const auto& finding : report.findings()) {
    if (format::rule(finding.rule).cls != cls) continue;
    auto group = std::find_if(
        groups.begin(), groups.end(),
        [&](const Group& known) { return known.rule == finding.rule; });
    if (group == groups.end()) {
      groups.push_back({finding.rule, {}});
      group = groups.end() - 1;
    }
    group->findings.push_back(&finding);
  }
  return groups;
}

std::string finding_text(const check::Finding& finding) {
  std::string text = place_text(finding.where);
  text += fmt::format(": value {0} ({0:#x})", finding.value);
  if (finding.nid) text += fmt::format(", inode {}", *finding.nid);
  if (!finding.path.empty()) text += ", " + escape(finding.path);
  return text;
}

}  // namespace erofs::report
