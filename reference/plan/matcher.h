// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_PLAN_MATCHER_H_
#define EROFS_PLAN_MATCHER_H_

#include <cstddef>
#include <optional>

#include "base/bytes.h"
#include "plan/extent.h"

namespace erofs::plan {

// Content that a physical cluster of the image already has from its start.
struct Match {
  std::size_t at = 0;  // where in the segment it begins
  Extent extent;       // its length there; start counts from the image's start
};

// Knows what encoded clusters hold.
class Matcher {
 public:
  Matcher() = default;
  Matcher(const Matcher&) = delete;
  Matcher& operator=(const Matcher&) = delete;
  Matcher(Matcher&&) = delete;
  Matcher& operator=(Matcher&&) = delete;
  virtual ~Matcher() = default;

  // The first match at byte `at` of the segment or not far behind it. An
  // extent that fills more than one block is at least three blocks long, any
  // other at least one.
  [[nodiscard]] virtual std::optional<Match> next(ByteView segment,
                                                  std::size_t at) = 0;
  // An extent that was encoded, and begins at byte `at` of the segment.
  virtual void made(ByteView segment, std::size_t at, const Extent& extent) = 0;
};

}  // namespace erofs::plan

#endif  // EROFS_PLAN_MATCHER_H_
