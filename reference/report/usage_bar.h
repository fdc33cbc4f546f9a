// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_USAGE_BAR_H_
#define EROFS_REPORT_USAGE_BAR_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "check/report.h"

namespace erofs::report {

// A kind of use, how a bar shows it, and its bytes.
struct Use {
  char mark;
  std::string_view name;
  std::uint64_t bytes;
};

// All kinds, in the order of a bar; their bytes add up to the image.
[[nodiscard]] std::vector<Use> uses_of(const check::Usage& usage);

// bytes / total in units of 1 / scale, rounded down; total is not zero.
[[nodiscard]] std::uint64_t share(std::uint64_t bytes, std::uint64_t total,
                                  std::uint64_t scale) noexcept;

// How the bytes of the primary device are used: one bar in which each kind
// of use has as many of the cells as its share (one at least where it has
// any byte), then a line with mark, bytes and share for each that there is.
[[nodiscard]] std::string usage_bar(const check::Usage& usage);

}  // namespace erofs::report

#endif  // EROFS_REPORT_USAGE_BAR_H_
