// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/adjust.h"

#include <array>
#include <utility>

namespace erofs::tree {
namespace {

// A regular expression, compiled; reason() says why it is none.
// Collects the paths that are left out; what is below one goes with it.
std::vector<std::string> excluded(const Tree& tree, const Exclusion& from) {
  std::vector<std::string> out;
  std::vector<std::pair<NodeId, std::string>> open = {{Tree::kRoot, ""}};
  while (!open.empty()) {
    const auto [id, prefix] = std::move(open.back());
    open.pop_back();
    for (const Child& child : tree.at(id).children) {
      std::string path = prefix + child.name;
      if (from.has(path)) {
        out.push_back(std::move(path));
      } else if (tree.at(child.node).type == Type::kDir) {
        open.emplace_back(child.node, path + "/");
      }
    }
  }
  return out;
}

void change(const Adjustment& how, Node& node) {
  node.uid = how.uid.value_or(node.uid + how.uid_offset);
  node.gid = how.gid.value_or(node.gid + how.gid_offset);
  if (how.drop_xattrs) node.xattrs.clear();
  if (how.mtime_sec) {
    node.mtime_sec = *how.mtime_sec;
    node.mtime_nsec = 0;
  }
  if (how.newest_sec && node.mtime_sec >= *how.newest_sec) {
    node.mtime_sec = *how.newest_sec;
    node.mtime_nsec = 0;
  }
}

}  // namespace

void adjust(const Adjustment& how, Tree& tree) {
  tree.finish();
  if (how.exclude != nullptr && !how.exclude->empty()) {
    for (const std::string& path : excluded(tree, *how.exclude)) {
      tree.remove(path);
    }
    tree.finish();
  }
  for (NodeId id = 0; id < tree.nodes().size(); ++id) {
    change(how, tree.at(id));
  }
}

}  // namespace erofs::tree
