// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_EXCLUSION_H_
#define EROFS_TREE_EXCLUSION_H_

#include <memory>
#include <string>
#include <vector>

#include "tree/outcome.h"

namespace erofs::tree {

// Which paths of a tree are left out, with all below them.
class Exclusion {
 public:
  class Regex;

  // `paths` as Tree takes them; `regexes` are POSIX extended ones. The
  // trouble names a regex that is none.
  static Outcome<std::shared_ptr<const Exclusion>> of(
      const std::vector<std::string>& paths,
      const std::vector<std::string>& regexes);

  Exclusion(const Exclusion&) = delete;
  Exclusion& operator=(const Exclusion&) = delete;
  Exclusion(Exclusion&&) = delete;
  Exclusion& operator=(Exclusion&&) = delete;
  ~Exclusion();

  // Of a path without a slash at either end.
  [[nodiscard]] bool has(const std::string& path) const;
  [[nodiscard]] bool empty() const noexcept;

 private:
  Exclusion();

  std::vector<std::string> paths_;  // ascending
  std::vector<std::unique_ptr<Regex>> regexes_;
};

}  // namespace erofs::tree

#endif  // EROFS_TREE_EXCLUSION_H_
