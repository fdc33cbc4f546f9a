// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_OWNER_PATHS_H_
#define EROFS_CHECK_OWNER_PATHS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/budget.h"
#include "base/result.h"
#include "read/volume.h"

namespace erofs::check {

// A path for each inode that has one: the first in the order of raw bytes.
// Of the packed and the metabox inode it says in brackets what they are.
class OwnerPaths {
 public:
  // Walks the whole tree; keeps what it found before a fault. Faults: those
  // of read::walk(); limit (memory).
  [[nodiscard]] Status gather(const read::Volume& volume, Budget& budget);

  // Empty where none is known.
  [[nodiscard]] std::string_view of(std::uint64_t nid) const noexcept;

 private:
  struct Entry {
    std::uint64_t nid = 0;
    std::uint64_t at = 0;  // in text_
    std::uint64_t size = 0;
  };

  [[nodiscard]] Status add(std::uint64_t nid, std::string_view path,
                           Budget& budget);
  void seal();

  std::vector<Entry> entries_;
  std::string text_;
};

}  // namespace erofs::check

#endif  // EROFS_CHECK_OWNER_PATHS_H_
