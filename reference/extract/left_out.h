// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EXTRACT_LEFT_OUT_H_
#define EROFS_EXTRACT_LEFT_OUT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace erofs::extract {

// What an extraction does not restore.
enum class Left : std::uint8_t {
  kDevice,
  kFifo,
  kSocket,
  kSetId,            // set-id bits, and the sticky bit, of what is no directory
  kPrivilegedXattr,  // security.*, trusted.*
  kXattr,            // what the file system of the host cannot hold
  kOwner,            // only root can give files away
};
inline constexpr std::size_t kLeftKinds = 7;

// Counts what was left out, and remembers the first few paths of each kind.
// Safe for use from several threads; what it tells does not depend on them.
class LeftOut {
 public:
  static constexpr std::size_t kFirst = 3;

  struct Kind {
    std::uint64_t count = 0;
    std::vector<std::string> first;  // paths in the order of the walk
  };

  LeftOut() = default;
  LeftOut(const LeftOut&) = delete;
  LeftOut& operator=(const LeftOut&) = delete;
  ~LeftOut() = default;

  // `count` things of one path; `order` counts the paths of the walk.
  void add(Left kind, std::uint64_t order, std::string_view path,
           std::uint64_t count = 1);

  [[nodiscard]] Kind of(Left kind) const;

 private:
  struct Path {
    std::uint64_t order;
    std::string text;
  };
  struct Tally {
    std::uint64_t count = 0;
    std::vector<Path> first;  // ascending
  };

  mutable std::mutex mutex_;
  std::array<Tally, kLeftKinds> tallies_;
};

}  // namespace erofs::extract

#endif  // EROFS_EXTRACT_LEFT_OUT_H_
