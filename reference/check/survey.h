// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_SURVEY_H_
#define EROFS_CHECK_SURVEY_H_

#include <functional>
#include <string_view>

#include "base/budget.h"
#include "check/bounds.h"
#include "check/checker.h"
#include "check/range.h"
#include "check/report.h"

namespace erofs::check {

// Takes a piece of the space that `bounds` tells of, and the path of its
// owner (see OwnerPaths; empty where there is none or no owner).
using SurveySink = std::function<void(const Piece& piece, const Bounds& bounds,
                                      std::string_view path)>;

struct Survey {
  Report report;  // what is in the way of knowing all; streams are not decoded
  // Everything that refers to bytes was seen. If not, bytes may be said to be
  // unreferenced that are not.
  bool whole = false;
};

// Tells what every byte of every space of an image is: pieces that are
// disjoint, in order, and add up to the sizes of the spaces. Where the image
// cannot be opened or a limit is reached, some or all are missing, and the
// report says why.
[[nodiscard]] Survey survey(const Input& input, const Limits& limits,
                            const SurveySink& sink,
                            const Progress& progress = {});

}  // namespace erofs::check

#endif  // EROFS_CHECK_SURVEY_H_
