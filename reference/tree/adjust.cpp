// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/adjust.h"

#include <regex.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace erofs::tree {
namespace {

// A regular expression, compiled; reason() says why it is none.
class Regex {
 public:
  explicit Regex(const std::string& text)
      : error_(::regcomp(&regex_, text.c_str(), REG_EXTENDED | REG_NOSUB)) {}
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;
  ~Regex() {
    if (error_ == 0) ::regfree(&regex_);
  }

  [[nodiscard]] bool good() const { return error_ == 0; }
  [[nodiscard]] std::string reason() const {
    std::array<char, 256> text{};
    ::regerror(error_, &regex_, text.data(), text.size());
    return text.data();
  }
  [[nodiscard]] bool matches(const std::string& path) const {
    return ::regexec(&regex_, path.c_str(), 0, nullptr, 0) == 0;
  }

 private:
  regex_t regex_{};
  int error_;
};
using Regexes = std::vector<std::unique_ptr<Regex>>;

// Collects the paths that a regular expression matches; what is below one
// goes with it.
void matching(const Tree& tree, const Regexes& regexes,
              std::vector<std::string>& out) {
  std::vector<std::pair<NodeId, std::string>> open = {{Tree::kRoot, ""}};
  while (!open.empty()) {
    const auto [id, prefix] = std::move(open.back());
    open.pop_back();
    for (const Child& child : tree.at(id).children) {
      std::string path = prefix + child.name;
      const bool hit = std::any_of(regexes.begin(), regexes.end(),
                                   [&](const std::unique_ptr<Regex>& regex) {
                                     return regex->matches(path);
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
  Regexes regexes;
  regexes.reserve(how.exclude_regexes.size());
  for (const std::string& text : how.exclude_regexes) {
    regexes.push_back(std::make_unique<Regex>(text));
    const Regex& last = *regexes.back();
    if (!last.good()) return trouble(text, last.reason());
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
