// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EXTRACT_TO_HOST_H_
#define EROFS_EXTRACT_TO_HOST_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/budget.h"
#include "extract/failure.h"
#include "extract/host_metadata.h"
#include "extract/left_out.h"
#include "read/volume.h"
#include "work/crew.h"

namespace erofs::extract {

struct HostOptions {
  Rights rights;
  std::uint64_t open_files = 1024;  // that the process may have at one time
  // Told how many paths were walked so far; may be empty.
  std::function<void(std::uint64_t)> progress = {};
  // Told the descriptor of the directory once that is open: from then on no
  // path of the host is looked up but below it. May be empty.
  std::function<void(int)> entered = {};
};

// What ended an extraction before its time.
struct Stop {
  Failure failure;
  std::string path;  // inside the image; empty: the directory itself
};

// Restores all paths of the image in `directory`, which is made or empty;
// nothing is ever made or changed outside of it. Holes stay holes. What
// Linux shows as one file with several names becomes one. What `options`
// does not allow is told to `left_out`.
//
// Where it stops, and what it says, does not depend on the crew; after a
// stop the directory is incomplete. `budget` is charged for what is written
// as output. Memory: that of walk(), some MiB of buffers, and some dozen
// bytes for each inode with several names.
[[nodiscard]] std::optional<Stop> to_host(const read::Volume& volume,
                                          const std::string& directory,
                                          const HostOptions& options,
                                          Budget& budget, work::Crew& crew,
                                          LeftOut& left_out);

}  // namespace erofs::extract

#endif  // EROFS_EXTRACT_TO_HOST_H_
