// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/hazards.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "check/phases.h"
#include "format/limits.gen.h"
#include "format/xattr.gen.h"

namespace erofs::check {
namespace {

using format::ModeType;
using format::XattrIndex;

constexpr std::uint16_t kSetuidBit = 04000;
constexpr std::uint16_t kSetgidBit = 02000;
constexpr std::uint16_t kStickyBit = 01000;
constexpr std::uint16_t kGroupRuns = 00010;
constexpr std::uint16_t kOtherWrites = 00002;
constexpr std::string_view kOverlay = "overlay.";

void tell(Context& ctx, HazardKind kind, std::uint64_t nid,
          std::string detail) {
  Hazards& hazards = ctx.report.hazards;
  const bool kept = hazards.keeps(kind);
  hazards.add({kind, nid, kept ? ctx.path() : std::string(),
               kept ? std::move(detail) : std::string()});
}

bool is_capability(XattrIndex index, std::string_view rest) noexcept {
  return index == XattrIndex::kSecurity && rest == "capability";
}

// Those of "user." count in mounts with the option userxattr.
bool is_overlay(XattrIndex index, std::string_view rest) noexcept {
  return (index == XattrIndex::kTrusted || index == XattrIndex::kUser) &&
         rest.starts_with(kOverlay);
}

std::string hexadecimal(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  constexpr unsigned kHalf = 4;
  constexpr unsigned kLow = 15;
  std::string text;
  for (const char each : bytes) {
    const auto byte = static_cast<unsigned char>(each);
    text += kDigits[byte >> kHalf];
    text += kDigits[byte & kLow];
  }
  return text;
}

// The capabilities that a file gives as soon as it runs, or lets pass on.
std::string capability_text(std::string_view value) {
  using View = format::CapabilityV2View;
  const auto bytes = ByteView::of_text(value).fixed<View::kSize>(0);
  if (!bytes) return "malformed";
  const View view(*bytes);
  constexpr unsigned kHigh = std::numeric_limits<std::uint32_t>::digits;
  const std::uint64_t permitted =
      std::uint64_t{view.permitted_hi()} << kHigh | view.permitted_lo();
  std::string text = "permitted=";
  bool any = false;
  for (unsigned bit = 0; bit < 2 * kHigh; ++bit) {
    if ((permitted >> bit & 1) == 0) continue;
    if (any) text += ',';
    text += std::to_string(bit);
    any = true;
  }
  if (!any) text += "none";
  return view.magic_etc_effective() != 0 ? text + "+effective" : text;
}

std::string metacopy_text(std::string_view value) {
  using View = format::OverlayMetacopyView;
  if (value.empty()) return "no-digest";
  const auto bytes = ByteView::of_text(value).fixed<View::kSize>(0);
  if (!bytes) return "malformed";
  const View view(*bytes);
  if (view.len() != value.size()) return "malformed";
  const std::string digest = hexadecimal(value.substr(View::kSize));
  if (digest.empty()) return "no-digest";
  switch (view.digest_algo()) {
    case 1:
      return "sha256:" + digest;
    case 2:
      return "sha512:" + digest;
    default:
      return "unknown:" + digest;
  }
}

void overlay(Context& ctx, std::uint64_t nid, const XattrFacts& facts) {
  const std::string_view order =
      std::string_view(facts.rest).substr(kOverlay.size());
  if (order == "opaque" && facts.value == "y") {
    tell(ctx, HazardKind::kOpaque, nid, {});
  } else if (order == "redirect") {
    tell(ctx, HazardKind::kRedirect, nid, facts.value);
  } else if (order == "metacopy") {
    tell(ctx, HazardKind::kMetacopy, nid, metacopy_text(facts.value));
  } else {
    tell(ctx, HazardKind::kOverlayOther, nid,
         facts.value.empty() ? facts.rest : facts.rest + '=' + facts.value);
  }
}

void device(Context& ctx, const read::Node& node) {
  const decode::Inode& inode = node.inode();
  const bool character = inode.type == ModeType::kCharDevice;
  if (character && inode.raw_u == 0) {
    return tell(ctx, HazardKind::kWhiteout, node.nid, {});
  }
  tell(ctx, HazardKind::kDevice, node.nid,
       (character ? "char:" : "block:") + std::to_string(inode.rdev_major()) +
           ':' + std::to_string(inode.rdev_minor()));
}

// How many directories lie above the subject of findings.
std::size_t depth(const Context& ctx) noexcept {
  return static_cast<std::size_t>(std::ranges::count(ctx.directory, '/'));
}

// Whether a relative target that is followed as it stands climbs above the
// root. Links within it are not looked into.
bool climbs(std::string_view target, std::size_t above) noexcept {
  while (!target.empty()) {
    const auto end = std::min(target.find('/'), target.size());
    const std::string_view step = target.substr(0, end);
    target.remove_prefix(std::min(end + 1, target.size()));
    if (step.empty() || step == ".") continue;
    if (step != "..") {
      ++above;
    } else if (above-- == 0) {
      return true;
    }
  }
  return false;
}

}  // namespace

void Hazards::add(Hazard hazard) {
  const bool kept = keeps(hazard.kind);
  ++counts_[static_cast<std::size_t>(hazard.kind)];
  if (!kept) return;
  hazard.detail.resize(std::min(hazard.detail.size(), kDetailMax));
  kept_.push_back(std::move(hazard));
}

std::string hazard_value(std::uint8_t base_index, std::string_view rest,
                         std::string_view value) {
  const auto index = static_cast<XattrIndex>(base_index);
  if (!is_capability(index, rest) && !is_overlay(index, rest)) return {};
  return std::string(value.substr(0, Hazards::kDetailMax));
}

void hazards(Context& ctx, const read::Node& node) {
  const decode::Inode& inode = node.inode();
  if (!ctx.has_path) return;
  const bool device_node = inode.type == ModeType::kCharDevice ||
                           inode.type == ModeType::kBlockDevice;
  if (device_node) device(ctx, node);
  const std::uint16_t mode = inode.permissions;
  if (inode.type == ModeType::kRegular) {
    if ((mode & kSetuidBit) != 0) {
      tell(ctx, HazardKind::kSetuid, node.nid,
           "uid=" + std::to_string(inode.uid));
    }
    // Without the right to run it the bit once asked for locks.
    if ((mode & kSetgidBit) != 0 && (mode & kGroupRuns) != 0) {
      tell(ctx, HazardKind::kSetgid, node.nid,
           "gid=" + std::to_string(inode.gid));
    }
  }
  const bool shared =
      inode.type == ModeType::kDirectory && (mode & kStickyBit) != 0;
  const bool link = inode.type == ModeType::kSymlink;
  if ((mode & kOtherWrites) != 0 && !link && !shared && !device_node) {
    tell(ctx, HazardKind::kWorldWritable, node.nid, {});
  }
}

void hazard_xattr(Context& ctx, const read::Node& node,
                  const XattrFacts& facts) {
  if (!ctx.has_path) return;
  const auto index = static_cast<XattrIndex>(facts.base_index);
  if (is_capability(index, facts.rest)) {
    tell(ctx, HazardKind::kCapability, node.nid, capability_text(facts.value));
  } else if (is_overlay(index, facts.rest)) {
    overlay(ctx, node.nid, facts);
  }
}

void hazard_link(Context& ctx, const read::Node& node,
                 std::string_view target) {
  if (!ctx.has_path) return;
  const bool absolute = target.starts_with('/');
  if (!absolute && !climbs(target, depth(ctx))) return;
  tell(ctx, absolute ? HazardKind::kLinkAbsolute : HazardKind::kLinkEscapes,
       node.nid, std::string(target.substr(0, Hazards::kDetailMax)));
}

}  // namespace erofs::check
