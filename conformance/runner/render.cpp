// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "runner/render.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace conformance {
namespace {

const char* word(Status status) {
  switch (status) {
    case Status::kPassed:
      return "passed";
    case Status::kFailed:
      return "failed";
    case Status::kKnown:
      return "known";
    case Status::kUndone:
      break;
  }
  return "undone";
}

long count(const std::vector<Result>& results, Status status) {
  return std::count_if(results.begin(), results.end(), [&](const Result& each) {
    return each.status == status;
  });
}

std::string replace_all(std::string text, const std::string& what,
                        const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

std::string xml(std::string text) {
  text = replace_all(std::move(text), "&", "&amp;");
  text = replace_all(std::move(text), "<", "&lt;");
  return replace_all(std::move(text), "\"", "&quot;");
}

std::string text(const std::vector<Result>& results) {
  constexpr int kMost = 60;  // more of them have one cause
  std::string out;
  int shown = 0;
  for (const Result& each : results) {
    if (each.status == Status::kPassed || ++shown > kMost) continue;
    out += std::string(word(each.status)) + ": " + each.name + ": " +
           each.detail + "\n";
  }
  if (shown > kMost) {
    out += "and " + std::to_string(shown - kMost) + " more\n";
  }
  return out;
}

std::string tap(const std::vector<Result>& results) {
  std::string out = "TAP version 13\n1.." + std::to_string(results.size());
  int number = 0;
  for (const Result& each : results) {
    out += each.status == Status::kPassed ? "\nok " : "\nnot ok ";
    out += std::to_string(++number) + " - " + each.name;
    if (each.status == Status::kKnown) out += " # TODO " + each.detail;
    if (each.status == Status::kUndone) out += " # SKIP " + each.detail;
    if (each.status == Status::kFailed) {
      out += "\n# " + replace_all(each.detail, "\n", "\n# ");
    }
  }
  return out + "\n";
}

std::string junit(const std::vector<Result>& results,
                  const std::string& title) {
  std::string out = "<?xml version=\"1.0\"?>\n<testsuite name=\"" + xml(title) +
                    "\" tests=\"" + std::to_string(results.size()) +
                    "\" failures=\"" +
                    std::to_string(count(results, Status::kFailed)) + "\">\n";
  for (const Result& each : results) {
    const auto ms = std::to_string(each.took.count());
    out += "  <testcase name=\"" + xml(each.name) + "\" time=\"" +
           std::to_string(each.took.count() / 1000) + "." +
           std::string(3 - std::min<std::size_t>(3, ms.size()), '0') +
           ms.substr(ms.size() - std::min<std::size_t>(3, ms.size())) + "\"";
    if (each.status == Status::kPassed) {
      out += "/>\n";
      continue;
    }
    out += each.status == Status::kFailed ? "><failure message=\""
                                          : "><skipped message=\"";
    out += xml(each.detail) + "\"/></testcase>\n";
  }
  return out + "</testsuite>\n";
}

std::string json(const std::vector<Result>& results, const std::string& title) {
  nlohmann::ordered_json root;
  root["title"] = title;
  root["passed"] = count(results, Status::kPassed);
  root["failed"] = count(results, Status::kFailed);
  root["known"] = count(results, Status::kKnown);
  root["undone"] = count(results, Status::kUndone);
  root["results"] = nlohmann::ordered_json::array();
  for (const Result& each : results) {
    nlohmann::ordered_json one;
    one["name"] = each.name;
    one["status"] = word(each.status);
    one["milliseconds"] = each.took.count();
    if (!each.detail.empty()) one["detail"] = each.detail;
    root["results"].push_back(one);
  }
  return root.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) +
         "\n";
}

// A table of counts by verdict and area, then what did not pass.
std::string markdown(const std::vector<Result>& results,
                     const std::string& title) {
  std::map<std::string, std::map<Status, int>> groups;
  for (const Result& each : results) {
    const std::size_t last = each.name.rfind('/');
    ++groups[each.name.substr(0, last)][each.status];
  }
  std::string out = "# " + title +
                    "\n\n| group | passed | failed | known | undone |\n"
                    "|---|---|---|---|---|\n";
  for (auto& [name, counts] : groups) {
    out += "| " + name;
    for (const Status status :
         {Status::kPassed, Status::kFailed, Status::kKnown, Status::kUndone}) {
      out += " | " + std::to_string(counts[status]);
    }
    out += " |\n";
  }
  for (const Result& each : results) {
    if (each.status == Status::kPassed) continue;
    out += "\n- " + std::string(word(each.status)) + " `" + each.name +
           "`: " + replace_all(each.detail, "\n", "\n  ");
  }
  return out + "\n";
}

}  // namespace

std::optional<Style> style_of(const std::string& name) {
  static const std::map<std::string, Style> kNames{
      {"text", Style::kText},
      {"tap", Style::kTap},
      {"junit", Style::kJunit},
      {"json", Style::kJson},
      {"markdown", Style::kMarkdown}};
  const auto found = kNames.find(name);
  if (found == kNames.end()) return std::nullopt;
  return found->second;
}

std::string render(const std::vector<Result>& results, const std::string& title,
                   Style style) {
  switch (style) {
    case Style::kTap:
      return tap(results);
    case Style::kJunit:
      return junit(results, title);
    case Style::kJson:
      return json(results, title);
    case Style::kMarkdown:
      return markdown(results, title);
    case Style::kText:
      break;
  }
  return text(results);
}

}  // namespace conformance
