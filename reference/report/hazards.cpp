// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/hazards.h"

#include <fmt/core.h>

#include <cstddef>

#include "base/escape.h"
#include "report/amount.h"

namespace erofs::report {
namespace {

using check::HazardKind;

constexpr std::size_t kShownPerKind = 5;
constexpr std::size_t kShownDevices = 16;

constexpr std::array<HazardName, check::kHazardKinds> kNames = {{
    {HazardKind::kSetuid, "setuid", "setuid files"},
    {HazardKind::kSetgid, "setgid", "setgid files"},
    {HazardKind::kCapability, "capability", "files with capabilities"},
    {HazardKind::kDevice, "device", "device nodes"},
    {HazardKind::kWorldWritable, "world_writable", "writable for anybody"},
    {HazardKind::kLinkEscapes, "link_escapes", "links above the root"},
    {HazardKind::kLinkAbsolute, "link_absolute", "absolute links"},
    {HazardKind::kWhiteout, "whiteout", "overlay whiteouts"},
    {HazardKind::kOpaque, "opaque", "overlay opaque directories"},
    {HazardKind::kRedirect, "redirect", "overlay redirects"},
    {HazardKind::kMetacopy, "metacopy", "overlay content elsewhere"},
    {HazardKind::kOverlayOther, "overlay_other", "other overlay attributes"},
}};

std::string hazard_line(const check::Hazard& hazard) {
  std::string line = "    ";
  line += hazard.path.empty() ? fmt::format("inode {}", hazard.nid)
                              : escape(hazard.path);
  if (!hazard.detail.empty()) line += "  " + escape(hazard.detail);
  return line + '\n';
}

std::string kind_text(const check::Hazards& hazards, const HazardName& name) {
  const std::uint64_t count = hazards.count(name.kind);
  if (count == 0) return {};
  std::string text = fmt::format("  {:<26} {:>14}\n", name.text, count);
  std::size_t shown = 0;
  for (const check::Hazard& hazard : hazards.kept()) {
    if (hazard.kind != name.kind || shown == kShownPerKind) continue;
    text += hazard_line(hazard);
    ++shown;
  }
  if (count > shown)
    text += fmt::format("    ... and {} more\n", count - shown);
  return text;
}

std::string device_line(const check::ExternalBlob& blob, std::size_t id) {
  std::string line =
      fmt::format("  {:>5}  {:>14}", id, plural(blob.blocks, "block"));
  line += blob.given ? "  at hand" : "  missing";
  if (blob.uniaddr != 0) line += fmt::format("  mapped at {}", blob.uniaddr);
  return line + (blob.tag.empty() ? "" : "  " + escape(blob.tag)) + '\n';
}

std::string devices_text(const check::Report& report) {
  std::string text;
  for (std::size_t i = 0; i < report.blobs.size(); ++i) {
    if (i == kShownDevices) break;
    text += device_line(report.blobs[i], i + 1);
  }
  if (report.summary.extra_devices > kShownDevices) {
    text += fmt::format("    ... and {} more\n",
                        report.summary.extra_devices - kShownDevices);
  }
  return text;
}

}  // namespace

const std::array<HazardName, check::kHazardKinds>& hazard_names() noexcept {
  return kNames;
}

std::string hazards_text(const check::Report& report, const Paint& paint) {
  std::string text;
  for (const HazardName& name : kNames) {
    text += kind_text(report.hazards, name);
  }
  if (!text.empty()) text = paint(Ink::kBold, "Hazards") + '\n' + text + '\n';
  const std::string devices = devices_text(report);
  if (devices.empty()) return text;
  return text + paint(Ink::kBold, "Devices") + '\n' + devices + '\n';
}

}  // namespace erofs::report
