// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/findings_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "report/advice.h"
#include "report/groups.h"
#include "report/known_bugs.h"

namespace erofs::report {
namespace {

constexpr std::size_t kColumns = 78;

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

std::string group_text(const check::Report& report, const Group& group,
                       const Paint& paint) {
  const auto& rule = format::rule(group.rule);
  std::string text = "  " + paint(Ink::kBold, rule.id) + '\n';
  text += wrapped(rule.says, "    ");
  const std::size_t shown = std::min(group.findings.size(), kShownPerRule);
  for (std::size_t i = 0; i < shown; ++i) {
    text += "    at " + finding_text(*group.findings[i]) + '\n';
  }
  const std::uint64_t more =
      group.findings.size() - shown + report.dropped(group.rule);
  if (more != 0) text += fmt::format("    ... and {} more\n", more);
  const std::string_view hint = advice(rule.id);
  if (!hint.empty()) text += wrapped(fmt::format("-> {}", hint), "    ");
  for (const std::string& bug : bug_hints(rule.id)) {
    text += wrapped(fmt::format("-> {}", bug), "    ");
  }
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
