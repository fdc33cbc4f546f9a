// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CLI_PROGRESS_H_
#define EROFS_CLI_PROGRESS_H_

#include <chrono>
#include <cstdint>

namespace erofs::cli {

// A line on standard error that counts, a few times a second; nothing where
// standard error is no terminal. Erased when it goes out of scope.
class Progress {
 public:
  explicit Progress(bool wanted);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  void show(std::uint64_t inodes);
  // `bytes`: of content.
  void show(std::uint64_t inodes, std::uint64_t bytes);
  // Takes the line away, for other text to come.
  void clear();

 private:
  // Whether the line is to be written now.
  [[nodiscard]] bool due();

  bool on_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace erofs::cli

#endif  // EROFS_CLI_PROGRESS_H_
