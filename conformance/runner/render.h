// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_RUNNER_RENDER_H_
#define EROFS_RUNNER_RENDER_H_

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace conformance {

// kKnown: failed as expected. kUndone: this machine cannot do the check.
enum class Status { kPassed, kFailed, kKnown, kUndone };

struct Result {
  std::string name;
  Status status = Status::kPassed;
  std::string detail;  // why it failed, or why that was expected
  std::chrono::milliseconds took{0};
};

enum class Style { kText, kTap, kJunit, kJson, kMarkdown };
[[nodiscard]] std::optional<Style> style_of(const std::string& name);

// All results in one of the styles; the title names what was tested.
[[nodiscard]] std::string render(const std::vector<Result>& results,
                                 const std::string& title, Style style);

}  // namespace conformance

#endif  // EROFS_RUNNER_RENDER_H_
