// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/path.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "format/limits.gen.h"
#include "read/content.h"
#include "read/directory.h"

namespace erofs::read {
namespace {

class Resolver {
 public:
  Resolver(const Volume& volume, LastLink last, Budget& budget) noexcept
      : volume_(volume), last_(last), budget_(budget) {}

  Result<PathResult> run(std::string_view path) {
    EROFS_TRY(to_root());
    rest_ = path;
    while (at_ < rest_.size()) {
      EROFS_ASSIGN(const std::optional<PathError> error, step());
      if (error) return PathResult{std::nullopt, *error};
    }
    return PathResult{trail_.back(), PathError::kNotFound};
  }

 private:
  using Stop = std::optional<PathError>;

  [[nodiscard]] const Node& here() const noexcept { return trail_.back(); }

  // Only directories have anything below them, "." and "" included.
  Result<Stop> step() {
    if (here().inode().type != format::ModeType::kDirectory) {
      return Stop(PathError::kNotADirectory);
    }
    const std::size_t slash = rest_.find('/', at_);
    const bool last = slash == std::string::npos;
    const std::string name =
        rest_.substr(at_, last ? std::string::npos : slash - at_);
    at_ = last ? rest_.size() : slash + 1;
    if (name.empty() || name == ".") return Stop();
    if (name == "..") {
      if (trail_.size() > 1) trail_.pop_back();
      return Stop();
    }
    return down(name, last);
  }

  Result<Stop> down(const std::string& name, bool last) {
    EROFS_ASSIGN(const auto entry, lookup(volume_, here(), name, budget_));
    if (!entry) return Stop(PathError::kNotFound);
    EROFS_ASSIGN(Node child, node(volume_, entry->nid, budget_));
    const bool link = child.inode().type == format::ModeType::kSymlink;
    if (link && !(last && last_ == LastLink::kKeep)) return follow(child);
    EROFS_TRY(budget_.depth(trail_.size(), child.at));
    trail_.push_back(child);
    // "a/" asks for what only a directory has.
    if (!last && here().inode().type != format::ModeType::kDirectory) {
      return Stop(PathError::kNotADirectory);
    }
    return Stop();
  }

  // Puts the target in place of the link. A target ends at its first NUL,
  // and an empty one names nothing (fs/namei.c).
  Result<Stop> follow(const Node& link) {
    if (++links_ > kLinkBudget) return Stop(PathError::kLoop);
    EROFS_ASSIGN(std::string target,
                 read_text(volume_, link, format::kSymlinkMax, budget_));
    target.resize(std::min(target.find('\0'), target.size()));
    if (target.empty()) return Stop(PathError::kNotFound);
    if (target.front() == '/') EROFS_TRY(to_root());
    const bool more = at_ > 0 && rest_[at_ - 1] == '/';
    rest_ = target + (more ? "/" : "") + rest_.substr(at_);
    at_ = 0;
    return Stop();
  }

  Status to_root() {
    if (!trail_.empty()) {
      trail_.resize(1);
      return {};
    }
    EROFS_ASSIGN(Node root,
                 node(volume_, volume_.superblock().root_nid, budget_));
    trail_.push_back(root);
    return {};
  }

  const Volume& volume_;
  LastLink last_;
  Budget& budget_;
  std::vector<Node> trail_;  // from the root to where we are
  std::string rest_;         // what is to be resolved, from at_ on
  std::size_t at_ = 0;
  unsigned links_ = 0;
};

}  // namespace

Result<PathResult> resolve(const Volume& volume, std::string_view path,
                           LastLink last, Budget& budget) {
  return Resolver(volume, last, budget).run(path);
}

}  // namespace erofs::read
