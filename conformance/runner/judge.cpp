// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "runner/judge.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>

namespace conformance {
namespace {

constexpr int kAccepted = 0;
constexpr int kRejected = 1;
constexpr int kUsage = 2;
constexpr int kUnsupported = 3;
constexpr int kLast = 5;

struct Finding {
  std::string rule;
  std::string cls;
};

// An end that no vector may cause.
std::string crash(const Outcome& outcome) {
  if (!outcome.started) return "the adapter cannot be run";
  if (outcome.timed_out) return "timeout";
  if (outcome.too_much) return "endless output";
  if (outcome.signal != 0) {
    return "killed by signal " + std::to_string(outcome.signal);
  }
  if (outcome.exit < 0 || outcome.exit > kLast || outcome.exit == kUsage) {
    return "unexpected exit " + std::to_string(outcome.exit) + ": " +
           outcome.err.substr(0, 200);
  }
  return "";
}

std::string wrong_exit(const Outcome& outcome, const std::string& wanted) {
  return "exit " + std::to_string(outcome.exit) + ", wanted " + wanted + ": " +
         outcome.err.substr(0, 200);
}

// The first line in which two texts differ.
std::string difference(const std::string& got, const std::string& wanted) {
  std::stringstream left(got);
  std::stringstream right(wanted);
  std::string one;
  std::string two;
  for (int line = 1; line < 1'000'000; ++line) {
    const bool more_left = static_cast<bool>(std::getline(left, one));
    const bool more_right = static_cast<bool>(std::getline(right, two));
    if (!more_left && !more_right) break;
    if (!more_left) one = "(nothing)";
    if (!more_right) two = "(nothing)";
    if (one != two) {
      return "manifest line " + std::to_string(line) + "\n  got    " + one +
             "\n  wanted " + two;
    }
  }
  return "manifest differs in its line ends";
}

std::string compare_manifest(const Vector& vector, const Outcome& outcome) {
  std::string wanted;
  if (!read_file(vector.manifest, wanted)) return "manifest unreadable";
  return outcome.out == wanted ? "" : difference(outcome.out, wanted);
}

std::optional<std::vector<Finding>> findings(const std::string& text) {
  const auto root = nlohmann::json::parse(text, nullptr, false);
  if (!root.is_object() || !root.contains("findings")) return std::nullopt;
  std::vector<Finding> out;
  for (const auto& each : root["findings"]) {
    out.push_back({each.value("rule", ""), each.value("class", "")});
  }
  return out;
}

bool expected(const Vector& vector, const std::string& rule) {
  return rule == vector.rule ||
         std::find(vector.also.begin(), vector.also.end(), rule) !=
             vector.also.end();
}

// The rule must be found, and nothing that matters but it.
std::string compare_rules(const Vector& vector,
                          const std::vector<Finding>& found) {
  std::string wrong;
  const bool there =
      vector.rule.empty() ||
      std::any_of(found.begin(), found.end(), [&](const Finding& each) {
        return each.rule == vector.rule;
      });
  if (!there) wrong = vector.rule + " is not reported; ";
  const bool exact =
      vector.verdict == Verdict::kValid || vector.verdict == Verdict::kAdvisory;
  for (const Finding& each : found) {
    const bool matters = exact || each.cls != "advisory";
    if (matters && !expected(vector, each.rule)) {
      wrong += "not expected: " + each.rule + " (" + each.cls + "); ";
    }
  }
  return wrong;
}

}  // namespace

std::string judge_reader(const Vector& vector, const Outcome& outcome) {
  std::string wrong = crash(outcome);
  if (!wrong.empty()) return wrong;
  switch (vector.verdict) {
    case Verdict::kValid:
    case Verdict::kAdvisory:
      if (outcome.exit != kAccepted) return wrong_exit(outcome, "0");
      return vector.manifest.empty() ? "" : compare_manifest(vector, outcome);
    case Verdict::kMalformed:
      if (outcome.exit != kRejected) return wrong_exit(outcome, "1");
      return "";
    case Verdict::kUnsupported:
      if (outcome.exit != kUnsupported && outcome.exit != kRejected) {
        return wrong_exit(outcome, "3 or 1");
      }
      return "";
    case Verdict::kInvalid:
      break;
  }
  return "";
}

std::string judge_checker(const Vector& vector, const Outcome& outcome) {
  std::string wrong = crash(outcome);
  if (!wrong.empty()) return wrong;
  const auto found = findings(outcome.out);
  int wanted = kRejected;
  if (vector.verdict == Verdict::kValid ||
      vector.verdict == Verdict::kAdvisory) {
    wanted = kAccepted;
  } else if (vector.verdict == Verdict::kUnsupported) {
    wanted = kUnsupported;
  }
  const bool lenient = wanted == kUnsupported && outcome.exit == kRejected;
  if (outcome.exit != wanted && !(lenient && !found)) {
    wrong = wrong_exit(outcome, std::to_string(wanted)) + "; ";
  }
  if (found) wrong += compare_rules(vector, *found);
  return wrong;
}

}  // namespace conformance
