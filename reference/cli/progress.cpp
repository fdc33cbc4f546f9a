// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "cli/progress.h"

#include <unistd.h>

#include <cinttypes>
#include <cstdio>

namespace erofs::cli {
namespace {

constexpr std::chrono::milliseconds kPause{200};

}  // namespace

Progress::Progress(bool wanted)
    : on_(wanted && ::isatty(STDERR_FILENO) == 1),
      next_(std::chrono::steady_clock::now() + kPause) {}

Progress::~Progress() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

void Progress::show(std::uint64_t inodes) {
  if (!on_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + kPause;
  shown_ = true;
  std::fprintf(stderr, "\r%" PRIu64 " inodes", inodes);
  std::fflush(stderr);
}

}  // namespace erofs::cli
