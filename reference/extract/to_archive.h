// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EXTRACT_TO_ARCHIVE_H_
#define EROFS_EXTRACT_TO_ARCHIVE_H_

#include <cstdint>
#include <functional>

#include "base/budget.h"
#include "extract/left_out.h"
#include "extract/to_lines.h"
#include "read/volume.h"
#include "tree/entry.h"

namespace erofs::extract {

struct ArchiveTaker {
  std::function<Status(const tree::Entry&)> take;
  // Told how many paths were walked so far; may be empty.
  std::function<void(std::uint64_t)> progress = {};
};

// to_tree() for archives: of a file with several names only the first in the
// order of paths has content, the others name it in `same_as`; larger holes
// are told; sockets are left out, which `left_out` is told.
// Memory: besides that of walk(), the path of each file with several names.
[[nodiscard]] Ended to_archive(const read::Volume& volume, Budget& budget,
                               LeftOut& left_out, const ArchiveTaker& taker);

}  // namespace erofs::extract

#endif  // EROFS_EXTRACT_TO_ARCHIVE_H_
