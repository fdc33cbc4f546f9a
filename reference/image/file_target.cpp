// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "image/file_target.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <vector>

#include "base/checked.h"

namespace erofs::image {
namespace {

constexpr mode_t kMode = 0666;  // what umask leaves of it

std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

int sync_directory(const std::string& path) {
  const int directory =
      ::open(directory_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return errno;
  const int error = ::fsync(directory) != 0 ? errno : 0;
  ::close(directory);
  // Some filesystems cannot sync directories; the file itself is synced.
  return error == EINVAL ? 0 : error;
}

// A file without a name, or -1.
int nameless(const std::string& directory) {
  return ::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, kMode);
}

// A file beside the final one, whose name goes to `other`; or -1.
int beside(const std::string& path, std::string& other) {
  other = path + ".XXXXXX";
  const int file = ::mkostemp(other.data(), O_CLOEXEC);
  if (file < 0) {
    other.clear();
    return -1;
  }
  // mkostemp() gives the owner alone access; an image is like other files.
  const mode_t mask = ::umask(0);
  ::umask(mask);
  if (::fchmod(file, kMode & ~mask) != 0) {
    const int error = errno;
    ::unlink(other.c_str());
    ::close(file);
    other.clear();
    errno = error;
    return -1;
  }
  return file;
}

std::string descriptor_path(int file) {
  return "/proc/self/fd/" + std::to_string(file);
}

}  // namespace

std::unique_ptr<FileTarget> FileTarget::open(const std::string& path,
                                             std::uint64_t skip, int& error) {
  auto out = std::unique_ptr<FileTarget>(new FileTarget);
  out->path_ = path;
  out->skip_ = skip;
  struct stat facts {};
  const bool there = ::stat(path.c_str(), &facts) == 0;
  error = 0;
  if (there && S_ISDIR(facts.st_mode)) {
    error = EISDIR;
    return nullptr;
  }
  if (there && !S_ISREG(facts.st_mode)) {
    out->in_place_ = true;
    out->file_ = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  } else {
    out->file_ = nameless(directory_of(path));
    if (out->file_ < 0) out->file_ = beside(path, out->other_);
  }
  if (out->file_ < 0) {
    error = errno;
    return nullptr;
  }
  if (there && !out->in_place_ && skip > 0) error = out->keep_front();
  return error == 0 ? std::move(out) : nullptr;
}

std::unique_ptr<FileTarget> FileTarget::scratch(const std::string& directory,
                                                int& error) {
  auto out = std::unique_ptr<FileTarget>(new FileTarget);
  error = 0;
  out->file_ = nameless(directory);
  if (out->file_ < 0) {
    out->file_ = beside(directory + "/erofs-ref", out->other_);
    if (out->file_ >= 0) ::unlink(out->other_.c_str());
    out->other_.clear();
  }
  if (out->file_ >= 0) return out;
  error = errno;
  return nullptr;
}

FileTarget::~FileTarget() {
  if (!other_.empty()) ::unlink(other_.c_str());
  if (file_ >= 0) ::close(file_);
}

int FileTarget::keep_front() {
  const int old = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (old < 0) return errno;
  constexpr std::size_t kPiece = 1U << 16;
  std::vector<std::byte> piece(kPiece);
  int error = 0;
  std::uint64_t at = 0;
  while (at < skip_ && error == 0) {
    const std::uint64_t want = std::min<std::uint64_t>(kPiece, skip_ - at);
    const ssize_t got =
        ::pread(old, piece.data(), want, static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) error = errno;
    if (got <= 0) break;
    const auto length = static_cast<std::size_t>(got);
    error = put(at, ByteView(piece).head(length));
    at += length;
  }
  ::close(old);
  return error;
}

int FileTarget::write(std::uint64_t offset, ByteView bytes) {
  constexpr auto kMax =
      static_cast<std::uint64_t>(std::numeric_limits<off_t>::max());
  const auto begin = checked::add(offset, skip_);
  const auto end = begin ? checked::add(*begin, bytes.size()) : std::nullopt;
  if (!end || *end > kMax) return EFBIG;
  return put(*begin, bytes);
}

int FileTarget::put(std::uint64_t at, ByteView bytes) const {
  auto rest = bytes.span();
  while (!rest.empty()) {
    const ssize_t done =
        ::pwrite(file_, rest.data(), rest.size(), static_cast<off_t>(at));
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return errno;
    if (done == 0) return ENOSPC;
    rest = rest.subspan(static_cast<std::size_t>(done));
    at += static_cast<std::uint64_t>(done);
  }
  return 0;
}

int FileTarget::read(std::uint64_t offset, MutableBytes out) {
  auto rest = out.span();
  std::uint64_t at = offset + skip_;
  while (!rest.empty()) {
    const ssize_t got =
        ::pread(file_, rest.data(), rest.size(), static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) return ERANGE;
    rest = rest.subspan(static_cast<std::size_t>(got));
    at += static_cast<std::uint64_t>(got);
  }
  return 0;
}

int FileTarget::commit(std::uint64_t size) {
  const auto end = checked::add(size, skip_);
  if (!end) return EFBIG;
  if (!in_place_ && ::ftruncate(file_, static_cast<off_t>(*end)) != 0) {
    return errno;
  }
  if (::fsync(file_) != 0 && errno != EINVAL && errno != EROFS) return errno;
  if (in_place_) return 0;
  if (const int error = take_name(); error != 0) return error;
  return sync_directory(path_);
}

int FileTarget::take_name() {
  // A name can be given to a nameless file only where there is none yet; so
  // it gets another one first, and that replaces the final one.
  for (unsigned attempt = 0; other_.empty(); ++attempt) {
    constexpr unsigned kAttempts = 1000;
    if (attempt == kAttempts) return EEXIST;
    const std::string name = path_ + ".new" + std::to_string(attempt);
    if (::linkat(AT_FDCWD, descriptor_path(file_).c_str(), AT_FDCWD,
                 name.c_str(), AT_SYMLINK_FOLLOW) == 0) {
      other_ = name;
    } else if (errno != EEXIST) {
      return errno;
    }
  }
  if (std::rename(other_.c_str(), path_.c_str()) != 0) return errno;
  other_.clear();
  return 0;
}

}  // namespace erofs::image
