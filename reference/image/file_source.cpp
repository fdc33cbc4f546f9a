// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "image/file_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>

#include "base/checked.h"

namespace erofs::image {
namespace {

// Linux moves at most this much in one call anyway.
constexpr std::size_t kMostAtOnce = std::size_t{1} << 30;

tl::unexpected<Fault> host_fault(std::uint64_t offset, int error) {
  return io_fault({Place::kPrimary, offset}, static_cast<std::uint64_t>(error));
}

// The length of `fd` in bytes; st_size is 0 for a block device.
off_t length_of(int fd) noexcept { return ::lseek(fd, 0, SEEK_END); }

int open_retrying(const std::string& path) noexcept {
  // Not to wait for the other end of a FIFO before it can be refused.
  const int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  int fd = -1;
  do {
    fd = ::open(path.c_str(), flags);
  } while (fd < 0 && errno == EINTR);
  return fd;
}

}  // namespace

Result<std::unique_ptr<FileSource>> FileSource::open(const std::string& path,
                                                     std::uint64_t start) {
  const int fd = open_retrying(path);
  if (fd < 0) return host_fault(0, errno);
  // Owns fd from here on, whatever it turns out to be.
  auto source = std::unique_ptr<FileSource>(new FileSource(fd, start, 0));
  struct stat info {};
  if (::fstat(fd, &info) != 0) return host_fault(0, errno);
  if (S_ISDIR(info.st_mode)) return host_fault(0, EISDIR);
  if (!S_ISREG(info.st_mode) && !S_ISBLK(info.st_mode)) {
    return host_fault(0, EINVAL);
  }
  const off_t length = length_of(fd);
  if (length < 0) return host_fault(0, errno);
  const auto rest = checked::sub(static_cast<std::uint64_t>(length), start);
  if (!rest) return host_fault(0, ERANGE);
  source->size_ = *rest;
  source->mtime_sec_ = info.st_mtim.tv_sec;
  source->mtime_nsec_ = info.st_mtim.tv_nsec;
  return source;
}

FileSource::~FileSource() { ::close(fd_); }

Status FileSource::read(std::uint64_t offset, MutableBytes out) const {
  if (!checked::within(offset, out.size(), size_)) {
    return host_fault(offset, ERANGE);
  }
  while (!out.empty()) {
    const auto room = out.head(kMostAtOnce).span();
    const ssize_t got = ::pread(fd_, room.data(), room.size(),
                                static_cast<off_t>(start_ + offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return host_fault(offset, errno);
    // Within what was the size at open(): the file shrank since.
    if (got == 0) return host_fault(offset, EIO);
    out = out.tail(static_cast<std::uint64_t>(got));
    offset += static_cast<std::uint64_t>(got);
  }
  return {};
}

bool FileSource::unchanged() const noexcept {
  struct stat info {};
  if (::fstat(fd_, &info) != 0) return false;
  const off_t length = length_of(fd_);
  return length >= 0 && static_cast<std::uint64_t>(length) == start_ + size_ &&
         info.st_mtim.tv_sec == mtime_sec_ &&
         info.st_mtim.tv_nsec == mtime_nsec_;
}

}  // namespace erofs::image
