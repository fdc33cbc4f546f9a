// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/junit.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "report/advice.h"
#include "report/groups.h"
#include "report/markup.h"

namespace erofs::report {
namespace {

enum class Outcome : std::uint8_t { kPassed, kFailed, kError, kSkipped };

struct Counts {
  std::size_t failed = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;
};

Outcome outcome_of(format::RuleClass cls) noexcept {
  switch (cls) {
    case format::RuleClass::kMalformed:
    case format::RuleClass::kInvalid:
      return Outcome::kFailed;
    case format::RuleClass::kAdvisory:
      return Outcome::kPassed;
    case format::RuleClass::kUnsupported:
    case format::RuleClass::kLimit:
    case format::RuleClass::kIo:
      break;
  }
  return Outcome::kError;
}

// All findings of a rule as lines.
std::string details(const check::Report& report, const Group& group) {
  std::string text;
  for (const check::Finding* finding : group.findings) {
    text += "at " + finding_text(*finding) + '\n';
  }
  const std::uint64_t more = report.dropped(group.rule);
  if (more != 0) text += fmt::format("... and {} more\n", more);
  const auto& rule = format::rule(group.rule);
  text += fmt::format("why: {}\n", rule.why);
  const std::string_view hint = advice(rule.id);
  if (!hint.empty()) text += fmt::format("-> {}\n", hint);
  return text + fmt::format("spec/FORMAT.md#{}\n", rule.section);
}

// What a case with findings holds.
std::string content(const check::Report& report, const Group& group) {
  const auto& rule = format::rule(group.rule);
  const std::string text = markup(details(report, group));
  const Outcome outcome = outcome_of(rule.cls);
  if (outcome == Outcome::kPassed) {
    return fmt::format("      <system-out>{}\n{}</system-out>\n",
                       markup(rule.says), text);
  }
  const std::string_view element =
      outcome == Outcome::kFailed ? "failure" : "error";
  return fmt::format("      <{0} type=\"{1}\" message=\"{2}\">{3}</{0}>\n",
                     element, format::class_name(rule.cls), markup(rule.says),
                     text);
}

std::string area_of(std::string_view id) {
  return std::string(id.substr(0, std::min(id.find('.'), id.size())));
}

class Suite {
 public:
  explicit Suite(const check::Report& report) : report_(report) {
    for (const auto& [cls, meaning] : kClasses) {
      for (Group& group : groups_of(report, cls)) {
        const RuleId rule = group.rule;
        groups_.emplace(rule, std::move(group));
      }
    }
  }

  [[nodiscard]] std::string cases() {
    std::string text;
    for (const auto& rule : format::rules()) text += one(rule);
    return text;
  }
  [[nodiscard]] const Counts& counts() const noexcept { return counts_; }

 private:
  std::string one(const format::RuleInfo& rule) {
    const std::string head =
        fmt::format(R"(    <testcase classname="erofs.{}" name="{}")",
                    markup(area_of(rule.id)), markup(rule.id));
    const auto id = format::find_rule(rule.id);
    const auto group = id ? groups_.find(*id) : groups_.end();
    if (group != groups_.end()) {
      count(outcome_of(rule.cls));
      return head + ">\n" + content(report_, group->second) +
             "    </testcase>\n";
    }
    if (report_.usage_known) return head + "/>\n";
    count(Outcome::kSkipped);
    return head +
           ">\n      <skipped message=\"the image was not judged to its "
           "end\"/>\n    </testcase>\n";
  }

  void count(Outcome outcome) noexcept {
    if (outcome == Outcome::kFailed) ++counts_.failed;
    if (outcome == Outcome::kError) ++counts_.errors;
    if (outcome == Outcome::kSkipped) ++counts_.skipped;
  }

  const check::Report& report_;
  std::map<RuleId, Group> groups_;
  Counts counts_;
};

}  // namespace

std::string check_junit(const check::Report& report, std::string_view image) {
  Suite suite(report);
  const std::string cases = suite.cases();
  const auto& [failed, errors, skipped] = suite.counts();
  const std::string counts =
      fmt::format(R"(tests="{}" failures="{}" errors="{}" skipped="{}")",
                  format::rules().size(), failed, errors, skipped);
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"erofs-ref check\" {0}>\n"
      "  <testsuite name=\"{1}\" {0}>\n"
      "    <properties>\n"
      "      <property name=\"verdict\" value=\"{2}\"/>\n"
      "      <property name=\"exit\" value=\"{3}\"/>\n"
      "    </properties>\n"
      "{4}  </testsuite>\n</testsuites>\n",
      counts, markup(image), check::verdict_name(report.verdict()),
      report.exit_code(), cases);
}

}  // namespace erofs::report
