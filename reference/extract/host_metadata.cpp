// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/host_metadata.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <functional>
#include <string_view>

#include "extract/host_directory.h"

namespace erofs::extract {
namespace {

constexpr mode_t kSetIdBits = S_ISUID | S_ISGID | S_ISVTX;

// What a file system answers that has no room or no notion for an attribute.
// Ext4 and its like say ENOSPC of one that is too large.
bool cannot_hold(int error) noexcept {
  return error == EOPNOTSUPP || error == E2BIG || error == ENOSPC ||
         error == ERANGE;
}

bool other_owner(const tree::Entry& entry, const Rights& rights) noexcept {
  return rights.owners && (entry.uid != rights.uid || entry.gid != rights.gid);
}

// utimensat(2) takes the time of access first.
std::array<timespec, 2> times(const tree::Entry& entry) noexcept {
  const timespec time = {static_cast<time_t>(entry.mtime_sec),
                         static_cast<long>(entry.mtime_nsec)};
  return {time, time};
}

// Sets each attribute by `set`, which answers as setxattr(2) does.
Attempt<unsigned> set_xattrs(
    const tree::Entry& entry,
    const std::function<int(const std::string&, const std::string&)>& set) {
  unsigned refusals = 0;
  for (const auto& [name, value] : entry.xattrs) {
    if (set(name, value) == 0) continue;
    if (!cannot_hold(errno)) return refused("set an attribute of", errno);
    ++refusals;
  }
  return refusals;
}

// The magic link to an open file, for calls that only take paths.
std::string proc_path(int fd) { return "/proc/self/fd/" + std::to_string(fd); }

// A mode that creation cannot give, umask and set-id bits being in the way.
Done change_mode_at(int directory, const std::string& name, mode_t mode) {
  const Fd fd(
      ::openat(directory, name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
  if (!fd.open()) return refused("open", errno);
  struct stat found {};
  if (::fstat(fd.get(), &found) != 0) return refused("look at", errno);
  if (S_ISLNK(found.st_mode)) return refused("change the mode of", ELOOP);
  if (::chmod(proc_path(fd.get()).c_str(), mode) != 0) {
    return refused("change the mode of", errno);
  }
  return {};
}

}  // namespace

bool is_privileged_xattr(std::string_view name) noexcept {
  return name.starts_with("security.") || name.starts_with("trusted.");
}

mode_t creation_mode(const tree::Entry& entry, const Rights& rights) noexcept {
  const bool directory = entry.type == tree::Type::kDir;
  // What whoever fills it needs to be allowed.
  const mode_t needed = directory ? S_IRWXU : 0;
  const bool plain = entry.xattrs.empty() && (entry.mode & kSetIdBits) == 0 &&
                     (entry.mode & rights.umask) == 0 &&
                     (entry.mode & needed) == needed;
  if (plain) return entry.mode;
  return directory ? S_IRWXU : S_IRUSR | S_IWUSR;
}

Done change_mode(int fd, mode_t mode) {
  if (::fchmod(fd, mode) == 0) return {};
  return refused("change the mode of", errno);
}

Attempt<unsigned> restore(int fd, const tree::Entry& entry, mode_t mode,
                          const Rights& rights) {
  const bool give = other_owner(entry, rights);
  if (give && ::fchown(fd, entry.uid, entry.gid) != 0) {
    return refused("change the owner of", errno);
  }
  auto refusals = set_xattrs(entry, [fd](const auto& name, const auto& value) {
    return ::fsetxattr(fd, name.c_str(), value.data(), value.size(), 0);
  });
  if (!refusals) return refusals;
  // A change of owner takes set-id bits away.
  const bool dropped = give && (entry.mode & kSetIdBits) != 0;
  if (entry.mode != mode || dropped || !entry.xattrs.empty()) {
    const Done changed = change_mode(fd, entry.mode);
    if (!changed) return tl::unexpected<Failure>(changed.error());
  }
  if (::futimens(fd, times(entry).data()) != 0) {
    return refused("set the time of", errno);
  }
  return refusals;
}

Attempt<unsigned> restore_at(int directory, const std::string& name,
                             const tree::Entry& entry, const Rights& rights) {
  if (!stays_inside(name)) return refused("open", EINVAL);
  if (other_owner(entry, rights) &&
      ::fchownat(directory, name.c_str(), entry.uid, entry.gid,
                 AT_SYMLINK_NOFOLLOW) != 0) {
    return refused("change the owner of", errno);
  }
  const std::string path = proc_path(directory) + '/' + name;
  auto refusals =
      set_xattrs(entry, [&path](const auto& key, const auto& value) {
        return ::lsetxattr(path.c_str(), key.c_str(), value.data(),
                           value.size(), 0);
      });
  if (!refusals) return refusals;
  if (entry.type != tree::Type::kLnk) {
    const Done changed = change_mode_at(directory, name, entry.mode);
    if (!changed) return tl::unexpected<Failure>(changed.error());
  }
  if (::utimensat(directory, name.c_str(), times(entry).data(),
                  AT_SYMLINK_NOFOLLOW) != 0) {
    return refused("set the time of", errno);
  }
  return refusals;
}

}  // namespace erofs::extract
