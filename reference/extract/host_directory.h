// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EXTRACT_HOST_DIRECTORY_H_
#define EROFS_EXTRACT_HOST_DIRECTORY_H_

#include <sys/types.h>

#include <string>
#include <string_view>
#include <utility>

#include "extract/failure.h"

namespace erofs::extract {

// An open file of the host; closed at the end.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) noexcept : fd_(fd) {}
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Fd();

  [[nodiscard]] int get() const noexcept { return fd_; }
  [[nodiscard]] bool open() const noexcept { return fd_ >= 0; }
  // Tells what a late write failed with, which the destructor cannot.
  [[nodiscard]] Done close() noexcept;

 private:
  int fd_ = -1;
};

// Whether `name` names something in a directory and nothing elsewhere: not
// empty, not a dot entry, without slash and NUL.
[[nodiscard]] bool stays_inside(std::string_view name) noexcept;

// Makes the directory `path`, or opens it where it is an empty one. Until it
// gets the mode of the root, nobody else can enter it and nothing made in it
// inherits from it. Failures: ENOTEMPTY for one that has entries.
[[nodiscard]] Attempt<Fd> open_root(const std::string& path);

// The same open file once more.
[[nodiscard]] Attempt<Fd> duplicate(const Fd& fd);

// What follows takes the name of an entry of `directory`, which is made or
// opened there and nowhere else: no link is followed, nothing that exists is
// replaced. Failures: EINVAL where the name does not stay inside.

[[nodiscard]] Attempt<Fd> open_directory(int directory,
                                         const std::string& name);
[[nodiscard]] Done make_directory(int directory, const std::string& name,
                                  mode_t mode);
[[nodiscard]] Attempt<Fd> make_file(int directory, const std::string& name,
                                    mode_t mode);
[[nodiscard]] Done make_symlink(int directory, const std::string& name,
                                const std::string& target);
// A device, pipe or socket; `mode` has the type.
[[nodiscard]] Done make_node(int directory, const std::string& name,
                             mode_t mode, dev_t device);
// A second name of what `from` names, which is not followed either.
[[nodiscard]] Done make_link(int from_directory, const std::string& from,
                             int directory, const std::string& name);

}  // namespace erofs::extract

#endif  // EROFS_EXTRACT_HOST_DIRECTORY_H_
