// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/hazards_json.h"

#include <string>
#include <utility>

#include "base/escape.h"
#include "report/hazards.h"

namespace erofs::report {
namespace {

using Json = nlohmann::ordered_json;

Json kept_json(const check::Hazards& hazards, check::HazardKind kind) {
  Json kept = Json::array();
  for (const check::Hazard& hazard : hazards.kept()) {
    if (hazard.kind != kind) continue;
    Json json;
    json["nid"] = hazard.nid;
    if (!hazard.path.empty()) json["path"] = escape(hazard.path);
    if (!hazard.detail.empty()) json["detail"] = escape(hazard.detail);
    kept.push_back(std::move(json));
  }
  return kept;
}

}  // namespace

Json hazards_json(const check::Hazards& hazards) {
  Json json = Json::object();
  for (const HazardName& name : hazard_names()) {
    Json& kind = json[std::string(name.key)];
    kind["count"] = hazards.count(name.kind);
    kind["kept"] = kept_json(hazards, name.kind);
  }
  return json;
}

Json devices_json(const check::Report& report) {
  Json devices = Json::array();
  for (const check::ExternalBlob& blob : report.blobs) {
    Json json;
    if (!blob.tag.empty()) json["tag"] = escape(blob.tag);
    json["blocks"] = blob.blocks;
    json["uniaddr"] = blob.uniaddr;
    json["at_hand"] = blob.given;
    devices.push_back(std::move(json));
  }
  return devices;
}

}  // namespace erofs::report
