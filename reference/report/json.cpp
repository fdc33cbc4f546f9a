// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/json.h"

#include <array>
#include <cstddef>
#include <nlohmann/json.hpp>

#include "base/escape.h"
#include "report/cluster_table.h"
#include "report/features.h"
#include "report/hazards_json.h"
#include "report/known_bugs.h"
#include "report/names.h"
#include "report/place.h"
#include "report/range_names.h"

namespace erofs::report {
namespace {

using Json = nlohmann::ordered_json;

// Text that is not UTF-8 (a file name of the host) is shown, not refused.
std::string rendered(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

Json finding_json(const check::Finding& finding) {
  const auto& rule = format::rule(finding.rule);
  Json json;
  json["rule"] = rule.id;
  json["class"] = format::class_name(rule.cls);
  json["offset"] = finding.where.offset;
  const std::string space = space_text(finding.where.space);
  if (!space.empty()) json["space"] = space;
  json["says"] = rule.says;
  json["value"] = finding.value;
  if (finding.nid) json["nid"] = *finding.nid;
  if (!finding.path.empty()) json["path"] = escape(finding.path);
  for (const format::WriterBug* bug : bugs_behind(rule.id)) {
    json["known_bugs"].push_back(bug->id);
  }
  return json;
}

Json counts_json(const check::Report& report) {
  constexpr std::array kOrder = {
      format::RuleClass::kMalformed, format::RuleClass::kInvalid,
      format::RuleClass::kAdvisory,  format::RuleClass::kUnsupported,
      format::RuleClass::kLimit,     format::RuleClass::kIo};
  Json json;
  for (const auto cls : kOrder) {
    json[std::string(format::class_name(cls))] = report.count(cls);
  }
  return json;
}

// Rule id -> findings that were only counted.
Json omitted_json(const check::Report& report) {
  Json json = Json::object();
  for (const auto& finding : report.findings()) {
    const std::uint64_t dropped = report.dropped(finding.rule);
    if (dropped != 0) {
      json[std::string(format::rule(finding.rule).id)] = dropped;
    }
  }
  return json;
}

Json check_object(const check::Report& report, std::string_view schema,
                  std::string_view image) {
  Json json;
  json["schema"] = schema;
  json["image"] = image;
  json["verdict"] = check::verdict_name(report.verdict());
  json["exit"] = report.exit_code();
  json["counts"] = counts_json(report);
  Json findings = Json::array();
  for (const auto& finding : report.findings()) {
    findings.push_back(finding_json(finding));
  }
  json["findings"] = std::move(findings);
  Json omitted = omitted_json(report);
  if (!omitted.empty()) json["omitted"] = std::move(omitted);
  return json;
}

Json features_json(std::uint32_t bits, bool incompat) {
  Json json;
  json["bits"] = bits;
  json["names"] = feature_names(bits, incompat);
  return json;
}

Json superblock_json(const check::Summary& summary) {
  if (!summary.known) return nullptr;
  Json json;
  json["block_size"] = summary.block_size;
  json["blocks"] = summary.blocks;
  json["inos"] = summary.inos;
  json["root_nid"] = summary.root_nid;
  json["epoch"] = summary.epoch;
  json["build_time"] = summary.build_time;
  json["uuid"] = uuid_text(summary.uuid);
  json["label"] = escape(summary.label);
  json["compat"] = features_json(summary.feature_compat, false);
  json["incompat"] = features_json(summary.feature_incompat, true);
  json["needs_linux"] = needs_linux(summary);
  json["extra_devices"] = summary.extra_devices;
  json["devices_given"] = summary.devices_given;
  json["xattr_prefixes"] = summary.prefixes;
  return json;
}

Json cluster_use_json(const check::ClusterUse& use) {
  Json json;
  json["extents"] = use.extents;
  json["stored"] = use.stored;
  json["content"] = use.content;
  return json;
}

Json clusters_json(const check::Inventory& inventory) {
  Json json;
  for (const auto& [name, use] : cluster_uses(inventory)) {
    json[std::string(name)] = cluster_use_json(use);
  }
  return json;
}

Json inventory_json(const check::Inventory& inventory) {
  Json types;
  for (const auto& [type, name] : kTypeNames) {
    types[std::string(name)] =
        inventory.by_type[static_cast<std::size_t>(type)];
  }
  Json layouts;
  for (const auto& [layout, name] : kLayoutNames) {
    layouts[std::string(name)] =
        inventory.by_layout[static_cast<std::size_t>(layout)];
  }
  Json json;
  json["inodes"] = inventory.inodes;
  json["types"] = std::move(types);
  json["compact"] = inventory.compact;
  json["extended"] = inventory.extended;
  json["layouts"] = std::move(layouts);
  json["entries"] = inventory.entries;
  json["hard_linked"] = inventory.hard_linked;
  json["with_xattrs"] = inventory.with_xattrs;
  json["inline_xattrs"] = inventory.inline_xattrs;
  json["shared_xattrs"] = inventory.shared_xattrs;
  json["has_acl"] = inventory.has_acl;
  json["file_bytes"] = inventory.file_bytes;
  json["hole_bytes"] = inventory.hole_bytes;
  json["max_depth"] = inventory.max_depth;
  json["clusters"] = clusters_json(inventory);
  return json;
}

Json usage_json(const check::Report& report) {
  if (!report.usage_known) return nullptr;
  Json json;
  for (const RangeName& name : kRangeNames) {
    json[std::string(name.key)] = report.usage[name.kind];
  }
  return json;
}

}  // namespace

std::string check_json(const check::Report& report, std::string_view image) {
  return rendered(check_object(report, "erofs-ref/check/1", image));
}

std::string audit_json(const check::Report& report, std::string_view image) {
  Json json = check_object(report, "erofs-ref/audit/1", image);
  json["image_bytes"] = report.summary.image_bytes;
  json["superblock"] = superblock_json(report.summary);
  json["inventory"] = inventory_json(report.inventory);
  json["usage"] = usage_json(report);
  json["hazards"] = hazards_json(report.hazards);
  json["devices"] = devices_json(report);
  json["work_spent"] = report.work_spent;
  json["memory_peak"] = report.memory_peak;
  return rendered(json);
}

}  // namespace erofs::report
