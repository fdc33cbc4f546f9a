// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/tree.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <optional>

namespace erofs::tree {
namespace {

constexpr NodeId kNone = std::numeric_limits<NodeId>::max();
constexpr std::size_t kNameMax = 255;
constexpr std::uint16_t kDirectoryMode = 0755;

// The parts of a path, or why it has none.
Outcome<std::vector<std::string_view>> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  std::size_t at = 0;
  while (at <= path.size()) {
    const std::size_t slash = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, slash - at);
    at = slash + 1;
    if (part.empty() || part == ".") continue;
    if (part == "..") return trouble(std::string(path), "has a part \"..\"");
    if (part.size() > kNameMax) {
      return trouble(std::string(path), "has a name longer than 255 bytes");
    }
    if (part.find('\0') != std::string_view::npos) {
      return trouble(std::string(path), "has a name with a NUL byte");
    }
    parts.push_back(part);
  }
  return parts;
}

}  // namespace

Tree::Tree() : names_(1) {
  Node root;
  root.type = Type::kDir;
  root.mode = kDirectoryMode;
  nodes_.push_back(std::move(root));
}

NodeId Tree::child(NodeId directory, std::string_view name) const {
  const auto& names = names_[directory];
  const auto found = names.find(name);
  return found == names.end() ? kNone : found->second;
}

NodeId Tree::grow(Node node) {
  nodes_.push_back(std::move(node));
  names_.emplace_back();
  return static_cast<NodeId>(nodes_.size() - 1);
}

NodeId Tree::directory(const std::vector<std::string_view>& parts,
                       const Node& like) {
  NodeId at = kRoot;
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    NodeId next = child(at, parts[i]);
    if (next == kNone || nodes_[next].type != Type::kDir) {
      Node missing;
      missing.type = Type::kDir;
      missing.mode = kDirectoryMode;
      missing.mtime_sec = like.mtime_sec;
      missing.mtime_nsec = like.mtime_nsec;
      next = grow(std::move(missing));
      names_[at].insert_or_assign(std::string(parts[i]), next);
    }
    at = next;
  }
  return at;
}

Outcome<NodeId> Tree::put(std::string_view path, Node node) {
  auto parts = parts_of(path);
  if (!parts) return tl::unexpected(parts.error());
  if (nodes_.size() >= kNone) {
    return trouble(std::string(path), "is one file more than a tree holds");
  }
  node.children.clear();
  if (parts->empty()) {
    if (node.type != Type::kDir) {
      return trouble(std::string(path), "is the root, yet no directory");
    }
    nodes_[kRoot] = std::move(node);
    return kRoot;
  }
  const NodeId up = directory(*parts, node);
  const NodeId old = child(up, parts->back());
  if (old != kNone && nodes_[old].type == Type::kDir &&
      node.type == Type::kDir) {
    nodes_[old] = std::move(node);
    return old;
  }
  const NodeId made = grow(std::move(node));
  names_[up].insert_or_assign(std::string(parts->back()), made);
  return made;
}

Outcome<NodeId> Tree::link(std::string_view path, std::string_view existing) {
  auto parts = parts_of(path);
  if (!parts) return tl::unexpected(parts.error());
  const std::optional<NodeId> target = find(existing);
  if (!target) {
    return trouble(std::string(path), "is a link to '" + std::string(existing) +
                                          "', which is not there");
  }
  if (parts->empty() || nodes_[*target].type == Type::kDir) {
    return trouble(std::string(path), "would be one more name of a directory");
  }
  const NodeId up = directory(*parts, nodes_[*target]);
  names_[up].insert_or_assign(std::string(parts->back()), *target);
  return *target;
}

bool Tree::remove(std::string_view path) {
  const auto parts = parts_of(path);
  if (!parts || parts->empty()) return false;
  NodeId at = kRoot;
  for (std::size_t i = 0; i + 1 < parts->size(); ++i) {
    at = child(at, (*parts)[i]);
    if (at == kNone) return false;
  }
  const auto found = names_[at].find(parts->back());
  if (found == names_[at].end()) return false;
  names_[at].erase(found);
  return true;
}

std::optional<NodeId> Tree::find(std::string_view path) const {
  const auto parts = parts_of(path);
  if (!parts) return std::nullopt;
  NodeId at = kRoot;
  for (const std::string_view part : *parts) {
    at = child(at, part);
    if (at == kNone) return std::nullopt;
  }
  return at;
}

void Tree::finish() {
  std::vector<NodeId> number(nodes_.size(), kNone);
  std::vector<NodeId> order = {kRoot};
  number[kRoot] = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (const auto& [name, id] : names_[order[i]]) {
      if (number[id] != kNone) continue;
      number[id] = static_cast<NodeId>(order.size());
      order.push_back(id);
    }
  }
  std::vector<Node> nodes;
  std::vector<Names> names;
  nodes.reserve(order.size());
  names.reserve(order.size());
  for (const NodeId id : order) {
    nodes.push_back(std::move(nodes_[id]));
    names.push_back(std::move(names_[id]));
    nodes.back().children.clear();
    nodes.back().nlink = nodes.back().type == Type::kDir ? 2 : 0;
  }
  nodes[kRoot].parent = kRoot;
  for (NodeId id = 0; id < nodes.size(); ++id) {
    for (auto& [name, child] : names[id]) {
      child = number[child];
      nodes[id].children.push_back({name, child});
      if (nodes[child].type == Type::kDir) {
        nodes[child].parent = id;
        ++nodes[id].nlink;
      } else {
        ++nodes[child].nlink;
      }
    }
  }
  nodes_ = std::move(nodes);
  names_ = std::move(names);
}

}  // namespace erofs::tree
