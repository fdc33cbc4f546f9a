// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/adjust.h"

#include <regex.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <utility>

namespace erofs::tree {
namespace {

struct FreeRegex {
  void operator()(regex_t* regex) const noexcept {
    ::regfree(regex);
    delete regex;
  }
};
using Regex = std::unique_ptr<regex_t, FreeRegex>;

Outcome<Regex> compiled(const std::string& text) {
  auto raw = std::make_unique<regex_t>();
  const int error =
      ::regcomp(raw.get(), text.c_str(), REG_EXTENDED | REG_NOSUB);
  if (error != 0) {
    std::array<char, 256> reason{};
    ::regerror(error, raw.get(), reason.data(), reason.size());
    return trouble(text, reason.data());
  }
  return Regex(raw.release());
}

// Collects the paths that a regular expression matches; what is below one
// goes with it.
void matching(const Tree& tree, const std::vector<Regex>& regexes,
              std::vector<std::string>& out) {
  std::vector<std::pair<NodeId, std::string>> open = {{Tree::kRoot, ""}};
  while (!open.empty()) {
    const auto [id, prefix] = std::move(open.back());
    open.pop_back();
    for (const Child& child : tree.at(id).children) {
      std::string path = prefix + child.name;
      const bool hit =
          std::any_of(regexes.begin(), regexes.end(), [&](const Regex& regex) {
            return ::regexec(regex.get(), path.c_str(), 0, nullptr, 0) == 0;
          });
      if (hit) {
        out.push_back(std::move(path));
      } else if (tree.at(child.node).type == Type::kDir) {
        open.emplace_back(child.node, path + "/");
      }
    }
  }
}

void change(const Adjustment& how, Node& node) {
  node.uid = how.uid.value_or(node.uid + how.uid_offset);
  node.gid = how.gid.value_or(node.gid + how.gid_offset);
  if (how.drop_xattrs) node.xattrs.clear();
  if (how.mtime_sec) {
    node.mtime_sec = *how.mtime_sec;
    node.mtime_nsec = 0;
  }
}

}  // namespace

Outcome<void> adjust(const Adjustment& how, Tree& tree) {
  std::vector<Regex> regexes;
  for (const std::string& text : how.exclude_regexes) {
    auto regex = compiled(text);
    if (!regex) return tl::unexpected(regex.error());
    regexes.push_back(std::move(*regex));
  }
  for (const std::string& path : how.exclude_paths) tree.remove(path);
  tree.finish();
  if (!regexes.empty()) {
    std::vector<std::string> paths;
    matching(tree, regexes, paths);
    for (const std::string& path : paths) tree.remove(path);
    tree.finish();
  }
  for (NodeId id = 0; id < tree.nodes().size(); ++id) {
    change(how, tree.at(id));
  }
  return {};
}

}  // namespace erofs::tree
