// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "cli/output.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <system_error>

#include "cli/exit_code.h"

namespace erofs::cli {
namespace {

constexpr std::size_t kBuffered = std::size_t{1} << 16;

}  // namespace

Output::~Output() {
  if (fd_ != kStandard) ::close(fd_);
}

bool Output::redirect(const std::string& name) {
  constexpr int kCreate = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY;
  constexpr mode_t kReadable = 0666;
  const int fd = ::open(name.c_str(), kCreate, kReadable);
  if (fd < 0) {
    error_ = errno;
    return false;
  }
  fd_ = fd;
  name_ = name;
  return true;
}

bool Output::write(std::string_view text) {
  if (failed()) return false;
  if (text.size() >= kBuffered) {
    if (flush()) put(text);
    return !failed();
  }
  buffer_ += text;
  return buffer_.size() < kBuffered || flush();
}

bool Output::flush() {
  if (!failed()) put(buffer_);
  buffer_.clear();
  return !failed();
}

void Output::put(std::string_view text) {
  while (!text.empty()) {
    const ssize_t put = ::write(fd_, text.data(), text.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) {
      error_ = errno;
      return;
    }
    text.remove_prefix(static_cast<std::size_t>(put));
  }
}

int finish(Output& out, int code) {
  if (out.flush()) return code;
  if (out.error() != EPIPE) {
    complain(out.name() + ": " + std::generic_category().message(out.error()) +
             ": what was printed is incomplete");
  }
  return kIo;
}

void complain(std::string_view text) {
  std::fprintf(stderr, "erofs-ref: %.*s\n", static_cast<int>(text.size()),
               text.data());
}

}  // namespace erofs::cli
