// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EXTRACT_HARD_LINKS_H_
#define EROFS_EXTRACT_HARD_LINKS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/budget.h"
#include "base/result.h"

namespace erofs::extract {

// The first names of inodes that have several, until the last one came.
// Memory: some dozen bytes a name; the paths of directories are kept once
// for all names in a row. (An ordered map: nobody who chooses the numbers
// can make it slow.)
class HardLinks {
 public:
  struct Name {
    std::string folder;  // path of its directory
    std::string name;
  };

  // The first name of inode `nid`; nothing where this is it. Counts as one
  // of the names that the inode has.
  [[nodiscard]] std::optional<Name> find(std::uint64_t nid);

  // Remembers that "`folder`/`name`" is the first of `nlink` >= 2 names.
  // Charges `budget` for it as memory. Faults: limit.
  [[nodiscard]] Status add(std::uint64_t nid, std::uint32_t nlink,
                           std::string_view folder, std::string_view name,
                           Place where, Budget& budget);

  // Forgets the first name, for one that can take no more links.
  void forget(std::uint64_t nid);

 private:
  struct First {
    std::size_t folder;  // index
    std::uint32_t expected;
    std::string name;
  };

  std::map<std::uint64_t, First> firsts_;
  std::vector<std::string> folders_;
};

}  // namespace erofs::extract

#endif  // EROFS_EXTRACT_HARD_LINKS_H_
