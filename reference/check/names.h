// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_NAMES_H_
#define EROFS_CHECK_NAMES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "check/context.h"

namespace erofs::check {

// Judges the names of one directory by what others than Linux make of them.
// Keeps 8 bytes for each in a table that is at most three quarters full;
// every probe behind the first is charged as work.
class Names {
 public:
  explicit Names(Context& ctx) : ctx_(ctx) {}
  Names(const Names&) = delete;
  Names& operator=(const Names&) = delete;
  ~Names();

  // The next name, no dot entry, which stands at `at`.
  void judge(std::string_view name, Place at);

 private:
  // Whether `key` is new; it is kept. Faults: limit (work, memory).
  [[nodiscard]] Result<bool> keep(std::uint64_t key, Place at);
  [[nodiscard]] Status grow(Place at);

  Context& ctx_;
  std::vector<std::uint64_t> slots_;  // a power of two of them; 0: free
  std::size_t size_ = 0;
  std::string folded_;  // the name as the most careless consumer keeps it
};

}  // namespace erofs::check

#endif  // EROFS_CHECK_NAMES_H_
