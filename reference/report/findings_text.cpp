// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/findings_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "base/escape.h"
#include "report/advice.h"
#include "report/place.h"

namespace erofs::report {
namespace {

constexpr std::size_t kColumns = 78;

struct ClassText {
  format::RuleClass cls;
  std::string_view meaning;
};

// Worst first, as verdicts are.
constexpr std::array<ClassText, 6> kClasses = {{
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

// `text` in lines of at most kColumns, all indented; words stay whole.
std::string wrapped(std::string_view text, std::string_view indent) {
  std::string out(indent);
  std::size_t column = indent.size();
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (column > indent.size() && column + 1 + end > kColumns) {
      out += '\n';
      out += indent;
      column = indent.size();
    } else if (column > indent.size()) {
      out += ' ';
      ++column;
    }
    out += text.substr(0, end);
    column += end;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out + '\n';
}

std::string finding_line(const check::Finding& finding) {
  std::string line = "    at " + place_text(finding.where);
  line += fmt::format(": value {0} ({0:#x})", finding.value);
  if (finding.nid) line += fmt::format(", inode {}", *finding.nid);
  if (!finding.path.empty()) line += ", " + escape(finding.path);
  return line + '\n';
}

std::string group_text(const check::Report& report, const Group& group,
                       const Paint& paint) {
  const auto& rule = format::rule(group.rule);
  std::string text = "  " + paint(Ink::kBold, rule.id) + '\n';
  text += wrapped(rule.says, "    ");
  const std::size_t shown = std::min(group.findings.size(), kShownPerRule);
  for (std::size_t i = 0; i < shown; ++i) {
    text += finding_line(*group.findings[i]);
  }
  const std::uint64_t more =
      group.findings.size() - shown + report.dropped(group.rule);
  if (more != 0) text += fmt::format("    ... and {} more\n", more);
  const std::string_view hint = advice(rule.id);
  if (!hint.empty()) text += wrapped(fmt::format("-> {}", hint), "    ");
  return text;
}

}  // namespace

std::string findings_text(const check::Report& report, const Paint& paint) {
  std::string text;
  for (const auto& [cls, meaning] : kClasses) {
    const auto groups = groups_of(report, cls);
    if (groups.empty()) continue;
    text += paint(class_ink(cls), format::class_name(cls));
    text += fmt::format(" ({}): {}\n", report.count(cls), meaning);
    for (const Group& group : groups) text += group_text(report, group, paint);
    text += '\n';
  }
  return text;
}

std::string counts_text(const check::Report& report) {
  std::string text;
  for (const auto& [cls, meaning] : kClasses) {
    const std::uint64_t count = report.count(cls);
    if (count == 0) continue;
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}", count, format::class_name(cls));
  }
  return text;
}

}  // namespace erofs::report
