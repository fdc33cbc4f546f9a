// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/composefs_layer.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "tree/set_xattr.h"

namespace erofs::tree {
namespace {

constexpr std::string_view kOverlay = "trusted.overlay.";
constexpr std::string_view kBelow = "trusted.overlay.overlay.";
constexpr std::string_view kUser = "user.overlay.";
constexpr std::string_view kHexadecimal = "0123456789abcdef";
constexpr std::string_view kLabel = "security.selinux";
constexpr std::uint16_t kWhiteoutMode = 0644;

std::string joined(std::string_view front, std::string_view back) {
  return std::string(front).append(back);
}

bool by_name(const Xattr& left, const Xattr& right) {
  return left.name < right.name;
}

// For a mount with the option userxattr, too.
void set_below(std::vector<Xattr>& xattrs, std::string_view name,
               const std::string& value) {
  set_xattr(xattrs, joined(kBelow, name), value);
  set_xattr(xattrs, joined(kUser, name), value);
}

char nibble(char c) {
  if (c >= '0' && c <= '9') return static_cast<char>(c - '0');
  return static_cast<char>((c | 0x20) - 'a' + 10);
}

// What overlayfs takes for the value of "metacopy": a version, its own
// length, flags, the algorithm, the digest.
std::string metacopy(const std::string& digest) {
  constexpr char kSha256 = 1;
  std::string out = {0, static_cast<char>(4 + digest.size() / 2), 0, kSha256};
  for (std::size_t i = 0; i + 1 < digest.size(); i += 2) {
    out += static_cast<char>(nibble(digest[i]) * 16 + nibble(digest[i + 1]));
  }
  return out;
}

bool is_whiteout(const Node& node) {
  return node.type == Type::kChr && node.rdev_major == 0 &&
         node.rdev_minor == 0;
}

void mark_whiteouts(Tree& tree) {
  std::vector<NodeId> whiteouts;
  std::vector<NodeId> directories;
  for (NodeId id = 0; id < tree.nodes().size(); ++id) {
    const Node& node = tree.at(id);
    if (is_whiteout(node)) whiteouts.push_back(id);
    const bool any = std::any_of(
        node.children.begin(), node.children.end(),
        [&](const Child& child) { return is_whiteout(tree.at(child.node)); });
    if (any) directories.push_back(id);
  }
  for (const NodeId id : directories) {
    set_below(tree.at(id).xattrs, "whiteouts", "");
    set_below(tree.at(id).xattrs, "opaque", "x");
  }
  for (const NodeId id : whiteouts) {
    tree.at(id).type = Type::kReg;
    set_below(tree.at(id).xattrs, "whiteout", "");
  }
}

Node whiteout_like(const Node& root) {
  Node out;
  out.type = Type::kChr;
  out.mode = kWhiteoutMode;
  out.uid = root.uid;
  out.gid = root.gid;
  out.mtime_sec = root.mtime_sec;
  out.mtime_nsec = root.mtime_nsec;
  for (const Xattr& each : root.xattrs) {
    if (each.name == kLabel) out.xattrs.push_back(each);
  }
  return out;
}

}  // namespace

void escape_overlay(std::vector<Xattr>& xattrs) {
  for (Xattr& each : xattrs) {
    if (!each.name.starts_with(kOverlay)) continue;
    each.name =
        joined(kBelow, std::string_view(each.name).substr(kOverlay.size()));
  }
  std::sort(xattrs.begin(), xattrs.end(), by_name);
}

void refer(Node& node, const std::optional<std::string>& path,
           const std::optional<std::string>& digest) {
  node.content = nullptr;
  node.holes = {{0, node.size}};
  set_xattr(node.xattrs, joined(kOverlay, "metacopy"),
            digest ? metacopy(*digest) : std::string());
  if (!path || path->empty()) return;
  const std::string_view slash = path->starts_with('/') ? "" : "/";
  set_xattr(node.xattrs, joined(kOverlay, "redirect"), joined(slash, *path));
}

void complete_layer(Tree& tree) {
  mark_whiteouts(tree);
  set_xattr(tree.at(Tree::kRoot).xattrs, joined(kOverlay, "opaque"), "y");
  const Node whiteout = whiteout_like(tree.at(Tree::kRoot));
  for (const char high : kHexadecimal) {
    for (const char low : kHexadecimal) {
      const std::string name = {high, low};
      // Two digits are a name that every tree holds.
      if (!tree.find(name)) static_cast<void>(tree.put(name, whiteout));
    }
  }
  tree.finish();
}

}  // namespace erofs::tree
