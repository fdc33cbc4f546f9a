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

Progress::~Progress() { clear(); }

void Progress::clear() {
  if (shown_) std::fputs("\r\033[K", stderr);
  shown_ = false;
}

bool Progress::due() {
  if (!on_) return false;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return false;
  next_ = now + kPause;
  shown_ = true;
  return true;
}

void Progress::show(std::uint64_t inodes) {
  if (!due()) return;
  std::fprintf(stderr, "\r%" PRIu64 " inodes", inodes);
  std::fflush(stderr);
}

void Progress::show(std::uint64_t inodes, std::uint64_t bytes) {
  if (!due()) return;
  std::fprintf(stderr, "\r%" PRIu64 " inodes, %" PRIu64 " MiB", inodes,
               bytes >> 20);
  std::fflush(stderr);
}

}  // namespace erofs::cli
