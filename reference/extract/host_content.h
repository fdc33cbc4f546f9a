// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EXTRACT_HOST_CONTENT_H_
#define EROFS_EXTRACT_HOST_CONTENT_H_

#include <cstdint>

#include "base/bytes.h"
#include "extract/failure.h"
#include "read/content.h"

namespace erofs::extract {

// Bytes [begin, end) of a file.
struct Range {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

// Writes a range of `content` to the same place of the open file `fd`, which
// has nothing there yet; holes and runs of whole blocks of zeros are not
// written. `buffer` is scratch space. Gives the
// end of what was written, for the file may end with a hole.
[[nodiscard]] Attempt<std::uint64_t> copy_range(const read::Content& content,
                                                Range range, int fd,
                                                MutableBytes buffer);

// Gives the file its size, for holes at its end and ranges in any order.
[[nodiscard]] Done set_size(int fd, std::uint64_t size);

// The parts of a large file that are worth a job each, in order, without the
// holes before and behind them.
class Ranges {
 public:
  // Of about `most` bytes each. `content` outlives it.
  Ranges(const read::Content& content, std::uint64_t most) noexcept
      : content_(content), most_(most) {}

  // The next range; an empty one at the end.
  // Faults: those of Content::extent().
  [[nodiscard]] Result<Range> next();
  // How far next() has looked.
  [[nodiscard]] std::uint64_t at() const noexcept { return at_; }

 private:
  const read::Content& content_;
  std::uint64_t most_;
  std::uint64_t at_ = 0;
};

}  // namespace erofs::extract

#endif  // EROFS_EXTRACT_HOST_CONTENT_H_
