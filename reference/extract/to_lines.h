// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EXTRACT_TO_LINES_H_
#define EROFS_EXTRACT_TO_LINES_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/budget.h"
#include "base/bytes.h"
#include "base/result.h"
#include "image/source.h"
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
  using Sink = std::function<Status(std::string_view)>;

  // What stands for the content of a regular file, read piece by piece into
  // the buffer, which has room for a byte at least; not empty. Made once for
  // all names of a file. Called from several threads at once.
  std::function<Result<std::string>(const image::Source&, MutableBytes)> digest;
  // Gives the text for one path, whose digest is known, to the sink. Called
  // from several threads at once.
  std::function<Status(const tree::Entry&, const Sink&)> render;
  // Takes the texts of some paths, in the order of raw path bytes, on the
  // caller's thread.
  Sink take;
  // Told how many paths were walked so far; may be empty.
  std::function<void(std::uint64_t)> progress = {};
};

// to_tree() on a crew: what `maker` is given, and where it stops, does not
// depend on the number of threads. The content of a file is charged to
// `budget` as output before it is read, as a whole and once for all its names.
// Memory: a bounded number of batches of paths, JobMemory, some dozen bytes
// for each file with several names.
// Faults: those of to_tree(), of digest, render and take.
[[nodiscard]] Ended to_lines(const read::Volume& volume, Budget& budget,
                             work::Crew& crew, const LineMaker& maker);

}  // namespace erofs::extract

#endif  // EROFS_EXTRACT_TO_LINES_H_
