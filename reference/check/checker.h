// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_CHECKER_H_
#define EROFS_CHECK_CHECKER_H_

#include <cstdint>
#include <functional>
#include <span>

#include "base/budget.h"
#include "check/report.h"
#include "image/source.h"

namespace erofs::check {

struct Input {
  const image::Source& primary;
  // Empty, or one source for each device slot, in table order.
  std::span<const image::Source* const> blobs;
};

// Limits that no honest image reaches: linear in the bytes given.
[[nodiscard]] Limits default_limits(const Input& input) noexcept;

// Called now and then with the number of inodes seen; for progress lines.
using Progress = std::function<void(std::uint64_t inodes)>;

// Judges an image by every rule. Does not stop at the first finding: what
// cannot be read is left out, everything else is still looked at. Cost is
// charged to `limits`; running out is the verdict `limit`, never clean.
[[nodiscard]] Report check(const Input& input, const Limits& limits,
                           const Progress& progress = {});

}  // namespace erofs::check

#endif  // EROFS_CHECK_CHECKER_H_
