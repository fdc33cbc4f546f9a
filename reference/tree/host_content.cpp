// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/host_content.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/checked.h"

namespace erofs::tree {
namespace {

tl::unexpected<Fault> failed(int error) {
  return io_fault(Place{}, static_cast<std::uint64_t>(error));
}

int open_quietly(const std::string& path) {
  constexpr int kHow = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  const int file = ::open(path.c_str(), kHow | O_NOATIME);
  if (file >= 0 || errno != EPERM) return file;
  return ::open(path.c_str(), kHow);  // not the owner
}

int read_all(int file, std::uint64_t offset, MutableBytes out) {
  auto rest = out.span();
  while (!rest.empty()) {
    const ssize_t got =
        ::pread(file, rest.data(), rest.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) return ESTALE;
    rest = rest.subspan(static_cast<std::size_t>(got));
    offset += static_cast<std::uint64_t>(got);
  }
  return 0;
}

}  // namespace

HostContent::HostContent(std::shared_ptr<const std::string> directory,
                         std::string name, const struct stat& facts)
    : directory_(std::move(directory)),
      name_(std::move(name)),
      device_(facts.st_dev),
      inode_(facts.st_ino),
      size_(static_cast<std::uint64_t>(facts.st_size)),
      changed_(facts.st_mtim) {}

Status HostContent::read(std::uint64_t offset, MutableBytes out) const {
  if (!checked::within(offset, out.size(), size_)) return failed(ERANGE);
  const int file = open_quietly(*directory_ + name_);
  if (file < 0) return failed(errno);
  struct stat now {};
  int error = ::fstat(file, &now) != 0 ? errno : 0;
  const bool same = now.st_dev == device_ && now.st_ino == inode_ &&
                    static_cast<std::uint64_t>(now.st_size) == size_ &&
                    now.st_mtim.tv_sec == changed_.tv_sec &&
                    now.st_mtim.tv_nsec == changed_.tv_nsec;
  if (error == 0 && !same) error = ESTALE;
  if (error == 0) error = read_all(file, offset, out);
  ::close(file);
  if (error != 0) return failed(error);
  return {};
}

Outcome<std::shared_ptr<const HostContent>> content_at(
    const std::string& directory, const std::string& path) {
  std::string whole = path;
  if (!path.starts_with('/')) {
    whole = directory;
    if (!whole.ends_with('/')) whole += '/';
    whole += path;
  }
  struct stat facts {};
  if (::lstat(whole.c_str(), &facts) != 0) {
    return trouble(whole, std::strerror(errno), errno);
  }
  if (!S_ISREG(facts.st_mode)) return trouble(whole, "is no regular file");
  const std::size_t name = whole.rfind('/') + 1;
  return std::make_shared<const HostContent>(
      std::make_shared<const std::string>(whole.substr(0, name)),
      whole.substr(name), facts);
}

}  // namespace erofs::tree
