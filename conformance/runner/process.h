// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_RUNNER_PROCESS_H_
#define EROFS_RUNNER_PROCESS_H_

#include <chrono>
#include <string>
#include <vector>

namespace conformance {

// How a program ended and what it printed.
struct Outcome {
  bool started = false;
  bool timed_out = false;
  int signal = 0;   // that killed it, 0 if none did
  int exit = -1;    // its status where it ended by itself
  std::string out;  // at most kMostOutput bytes
  std::string err;
  bool too_much = false;  // it printed more than that
  std::chrono::milliseconds took{0};
};

inline constexpr std::size_t kMostOutput = std::size_t{64} << 20;

// Runs a program with nothing on its input. After the timeout, or when it
// prints too much, it is killed with all its children.
[[nodiscard]] Outcome run(const std::vector<std::string>& command,
                          std::chrono::milliseconds timeout);

}  // namespace conformance

#endif  // EROFS_RUNNER_PROCESS_H_
