// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/sarif.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/escape.h"
#include "report/advice.h"
#include "report/groups.h"
#include "report/place.h"

namespace erofs::report {
namespace {

using Json = nlohmann::ordered_json;

Json message(std::string_view text) { return {{"text", text}}; }

std::string_view level(format::RuleClass cls) noexcept {
  switch (cls) {
    case format::RuleClass::kMalformed:
    case format::RuleClass::kInvalid:
      return "error";
    case format::RuleClass::kAdvisory:
      return "note";
    case format::RuleClass::kUnsupported:
    case format::RuleClass::kLimit:
    case format::RuleClass::kIo:
      break;
  }
  return "warning";
}

// The URI of a file name: relative ones stay so.
std::string uri_of(std::string_view name) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  std::string uri = name.starts_with('/') ? "file://" : "";
  for (const char c : name) {
    if (kPlain.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

Json descriptor(const format::RuleInfo& rule, const SarifOptions& options) {
  std::string help = fmt::format("Linux: {}\nfsck.erofs: {}\n", rule.linux_does,
                                 rule.fsck_does);
  const std::string_view hint = advice(rule.id);
  if (!hint.empty()) help += fmt::format("What to do: {}\n", hint);
  help += fmt::format("Specified in spec/FORMAT.md#{}", rule.section);
  Json json;
  json["id"] = rule.id;
  json["shortDescription"] = message(rule.says);
  json["fullDescription"] = message(rule.why);
  json["help"] = message(help);
  if (!options.specification.empty()) {
    json["helpUri"] = fmt::format("{}#{}", options.specification, rule.section);
  }
  json["defaultConfiguration"] = {{"level", level(rule.cls)}};
  json["properties"] = {{"class", format::class_name(rule.cls)},
                        {"source", rule.source}};
  return json;
}

// A region is of the file itself; other spaces are named beside it.
Json location(const check::Finding& finding, const check::Report& report,
              const std::string& uri) {
  Json physical;
  physical["artifactLocation"] = {{"uri", uri}, {"index", 0}};
  if (finding.where.space == Place::kPrimary) {
    const bool inside = finding.where.offset < report.summary.image_bytes;
    physical["region"] = {{"byteOffset", finding.where.offset},
                          {"byteLength", inside ? 1 : 0}};
  }
  Json json;
  json["physicalLocation"] = std::move(physical);
  if (!finding.path.empty()) {
    json["logicalLocations"] = Json::array(
        {{{"fullyQualifiedName", escape(finding.path)}, {"kind", "member"}}});
  }
  return json;
}

Json result(const check::Finding& finding, const check::Report& report,
            std::size_t index, const std::string& uri) {
  const auto& rule = format::rule(finding.rule);
  Json properties;
  properties["class"] = format::class_name(rule.cls);
  properties["offset"] = finding.where.offset;
  const std::string space = space_text(finding.where.space);
  if (!space.empty()) properties["space"] = space;
  properties["value"] = finding.value;
  if (finding.nid) properties["nid"] = *finding.nid;
  if (!finding.path.empty()) properties["path"] = escape(finding.path);
  Json json;
  json["ruleId"] = rule.id;
  json["ruleIndex"] = index;
  json["level"] = level(rule.cls);
  json["message"] = message(fmt::format("Does not hold: {} At {}.", rule.says,
                                        finding_text(finding)));
  json["locations"] = Json::array({location(finding, report, uri)});
  json["properties"] = std::move(properties);
  return json;
}

// How it ended; findings that were only counted are told of here.
Json invocation(const check::Report& report, const std::vector<RuleId>& rules) {
  const auto verdict = report.verdict();
  Json notifications = Json::array();
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const std::uint64_t more = report.dropped(rules[i]);
    if (more == 0) continue;
    const auto& rule = format::rule(rules[i]);
    notifications.push_back(
        {{"level", level(rule.cls)},
         {"message", message(fmt::format(
                         "{} more results of this rule were left out", more))},
         {"associatedRule", {{"id", rule.id}, {"index", i}}}});
  }
  Json json;
  json["executionSuccessful"] = verdict == check::Verdict::kConforming ||
                                verdict == check::Verdict::kMalformed ||
                                verdict == check::Verdict::kInvalid;
  json["exitCode"] = report.exit_code();
  json["exitCodeDescription"] = check::verdict_name(verdict);
  if (!notifications.empty()) {
    json["toolExecutionNotifications"] = std::move(notifications);
  }
  return json;
}

Json run_object(const check::Report& report, std::string_view image,
                const SarifOptions& options) {
  const std::string uri = uri_of(image);
  std::vector<RuleId> known;
  Json rules = Json::array();
  Json results = Json::array();
  for (const auto& finding : report.findings()) {
    auto at = std::find(known.begin(), known.end(), finding.rule);
    if (at == known.end()) {
      rules.push_back(descriptor(format::rule(finding.rule), options));
      known.push_back(finding.rule);
      at = known.end() - 1;
    }
    results.push_back(result(
        finding, report, static_cast<std::size_t>(at - known.begin()), uri));
  }
  Json run;
  run["tool"]["driver"] = {{"name", "erofs-ref"},
                           {"version", options.version},
                           {"rules", std::move(rules)}};
  run["invocations"] = Json::array({invocation(report, known)});
  run["artifacts"] =
      Json::array({{{"location", {{"uri", uri}}},
                    {"length", report.summary.image_bytes},
                    {"roles", Json::array({"analysisTarget"})}}});
  run["results"] = std::move(results);
  return run;
}

}  // namespace

std::string sarif(const check::Report& report, std::string_view image,
                  const SarifOptions& options) {
  Json json;
  json["$schema"] =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
      "sarif-schema-2.1.0.json";
  json["version"] = "2.1.0";
  json["runs"] = Json::array({run_object(report, image, options)});
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace erofs::report
