// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_RUNNER_JUDGE_H_
#define EROFS_RUNNER_JUDGE_H_

#include <string>

#include "runner/process.h"
#include "runner/suite.h"

namespace conformance {

// What a reader owes a vector. Empty if it did; else what is wrong.
[[nodiscard]] std::string judge_reader(const Vector& vector,
                                       const Outcome& outcome);

// What a checker owes a vector. Rules are compared where the checker prints
// findings as JSON; else the exit status alone counts.
[[nodiscard]] std::string judge_checker(const Vector& vector,
                                        const Outcome& outcome);

}  // namespace conformance

#endif  // EROFS_RUNNER_JUDGE_H_
