// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/host_directory.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

namespace erofs::extract {
namespace {

constexpr int kOpenDirectory = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
constexpr mode_t kPrivate = S_IRWXU;

// openat2(2) where the kernel has it. One name that stays inside, not
// followed, leads to the same place with openat(2).
int open_beneath(int directory, const std::string& name) noexcept {
  struct open_how how {};
  how.flags = static_cast<unsigned>(kOpenDirectory);
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  const long fd =
      ::syscall(SYS_openat2, directory, name.c_str(), &how, sizeof how);
  if (fd >= 0) return static_cast<int>(fd);
  // EPERM is what sandboxes that do not know the call answer.
  if (errno != ENOSYS && errno != EPERM) return -1;
  return ::openat(directory, name.c_str(), kOpenDirectory);
}

struct CloseStream {
  void operator()(DIR* stream) const noexcept { ::closedir(stream); }
};

// 0 for an empty directory, else what keeps it from being one.
int not_empty(int directory) {
  const int copy = ::openat(directory, ".", kOpenDirectory);
  if (copy < 0) return errno;
  const std::unique_ptr<DIR, CloseStream> stream(::fdopendir(copy));
  if (!stream) {
    const int error = errno;
    ::close(copy);
    return error;
  }
  for (;;) {
    errno = 0;
    // A stream of our own: no other thread reads it.
    const dirent* const entry =
        ::readdir(stream.get());  // NOLINT(concurrency-mt-unsafe)
    if (entry == nullptr) return errno;
    const std::string_view name(std::begin(entry->d_name));
    if (name != "." && name != "..") return ENOTEMPTY;
  }
}

Done ended(const char* doing, int result) {
  if (result == 0) return {};
  return refused(doing, errno);
}

}  // namespace

Fd::~Fd() {
  if (fd_ >= 0) ::close(fd_);
}

Done Fd::close() noexcept {
  const int result = ::close(std::exchange(fd_, -1));
  // The descriptor is gone on Linux even where a signal came in between.
  if (result == 0 || errno == EINTR) return {};
  return refused("write", errno);
}

bool stays_inside(std::string_view name) noexcept {
  return !name.empty() && name != "." && name != ".." &&
         name.find('/') == std::string_view::npos &&
         name.find('\0') == std::string_view::npos;
}

Attempt<Fd> open_root(const std::string& path) {
  const bool made = ::mkdir(path.c_str(), kPrivate) == 0;
  if (!made && errno != EEXIST) return refused("create", errno);
  // The user may give a link to a directory; from here on nothing is looked
  // up by path.
  Fd root(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!root.open()) return refused("open", errno);
  if (!made) {
    const int error = not_empty(root.get());
    if (error != 0) return refused("extract into", error);
  }
  // A default ACL or a set-group-id bit would pass on to all that is made.
  if (::fremovexattr(root.get(), "system.posix_acl_default") != 0 &&
      errno != ENODATA && errno != EOPNOTSUPP) {
    return refused("take the ACL from", errno);
  }
  if (::fchmod(root.get(), kPrivate) != 0) {
    return refused("change the mode of", errno);
  }
  return root;
}

Attempt<Fd> duplicate(const Fd& fd) {
  Fd copy(::fcntl(fd.get(), F_DUPFD_CLOEXEC, 0));
  if (!copy.open()) return refused("open", errno);
  return copy;
}

Attempt<Fd> open_directory(int directory, const std::string& name) {
  if (!stays_inside(name)) return refused("open", EINVAL);
  Fd fd(open_beneath(directory, name));
  if (!fd.open()) return refused("open", errno);
  return fd;
}

Done make_directory(int directory, const std::string& name, mode_t mode) {
  if (!stays_inside(name)) return refused("create", EINVAL);
  return ended("create", ::mkdirat(directory, name.c_str(), mode));
}

Attempt<Fd> make_file(int directory, const std::string& name, mode_t mode) {
  if (!stays_inside(name)) return refused("create", EINVAL);
  constexpr int kCreate =
      O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY;
  Fd fd(::openat(directory, name.c_str(), kCreate, mode));
  if (!fd.open()) return refused("create", errno);
  return fd;
}

Done make_symlink(int directory, const std::string& name,
                  const std::string& target) {
  if (!stays_inside(name)) return refused("create", EINVAL);
  return ended("create", ::symlinkat(target.c_str(), directory, name.c_str()));
}

Done make_node(int directory, const std::string& name, mode_t mode,
               dev_t device) {
  if (!stays_inside(name)) return refused("create", EINVAL);
  return ended("create", ::mknodat(directory, name.c_str(), mode, device));
}

Done make_link(int from_directory, const std::string& from, int directory,
               const std::string& name) {
  if (!stays_inside(from) || !stays_inside(name)) {
    return refused("link", EINVAL);
  }
  return ended("link", ::linkat(from_directory, from.c_str(), directory,
                                name.c_str(), 0));
}

}  // namespace erofs::extract
