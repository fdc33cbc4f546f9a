// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_CHECKER_H_
#define EROFS_CHECK_CHECKER_H_

#include <optional>
#include <span>

#include "base/budget.h"
#include "check/report.h"
#include "check/ticker.h"
#include "format/kernel_version.h"
#include "image/source.h"

namespace erofs::check {

struct Input {
  const image::Source& primary;
  // Empty, or one source for each device slot, in table order.
  std::span<const image::Source* const> blobs;
};

// Limits that no honest image reaches: linear in the bytes given.
[[nodiscard]] Limits default_limits(const Input& input) noexcept;

// Judges an image by every rule. Does not stop at the first finding: what
// cannot be read is left out, everything else is still looked at. Cost is
// charged to `limits`; running out is the verdict `limit`, never clean.
//
// Compressed content is decoded on at most `jobs` threads, the caller's
// included; the report is the same for every number. Content that is stored
// as it is, is only located: any bytes are good, so there is nothing in them
// to judge. The sources must bear use from several threads if `jobs` > 1.
//
// With `kernel`, what that series of Linux lacks is a finding too.
[[nodiscard]] Report check(const Input& input, const Limits& limits,
                           unsigned jobs = 1, const Progress& progress = {},
                           std::optional<format::KernelVersion> kernel = {});

}  // namespace erofs::check

#endif  // EROFS_CHECK_CHECKER_H_
