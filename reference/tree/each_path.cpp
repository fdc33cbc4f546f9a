// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/each_path.h"

#include <deque>
#include <utility>
#include <vector>

namespace erofs::tree {

void each_path(const Tree& tree,
               const std::function<bool(NodeId, const std::string&)>& take) {
  std::vector<bool> seen(tree.nodes().size());
  std::deque<std::pair<NodeId, std::string>> open = {{Tree::kRoot, ""}};
  if (!take(Tree::kRoot, "/")) return;
  while (!open.empty()) {
    const auto [id, prefix] = std::move(open.front());
    open.pop_front();
    for (const Child& child : tree.at(id).children) {
      if (seen[child.node]) continue;
      seen[child.node] = true;
      std::string path = prefix + "/" + child.name;
      if (!take(child.node, path)) return;
      if (tree.at(child.node).type == Type::kDir) {
        open.emplace_back(child.node, std::move(path));
      }
    }
  }
}

}  // namespace erofs::tree
