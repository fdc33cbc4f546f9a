// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EXTRACT_TO_LINES_H_
#define EROFS_EXTRACT_TO_LINES_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/budget.h"
#include "base/result.h"
#include "read/volume.h"
#include "tree/entry.h"
#include "work/crew.h"

namespace erofs::extract {

// How a pass over all paths ended.
struct Ended {
  Status status;
  std::string last;  // the path that was looked at last; empty for none
};

struct LineMaker {
  // Text for one path. Called from several threads at once; the entry and
  // its content live until it returns.
  std::function<Result<std::string>(const tree::Entry&)> render;
  // Takes the texts of some paths, in the order of raw path bytes, on the
  // caller's thread.
  std::function<Status(std::string_view)> take;
  // Told how many paths were walked so far; may be empty.
  std::function<void(std::uint64_t)> progress = {};
};

// to_tree() on a crew: what `maker` is given, and where it stops, does not
// depend on the number of threads. What is rendered is charged to `budget` as
// output before it is read, the content of a file as a whole.
// Memory: a bounded number of batches of paths.
// Faults: those of to_tree(), of render and of take.
[[nodiscard]] Ended to_lines(const read::Volume& volume, Budget& budget,
                             work::Crew& crew, const LineMaker& maker);

}  // namespace erofs::extract

#endif  // EROFS_EXTRACT_TO_LINES_H_
