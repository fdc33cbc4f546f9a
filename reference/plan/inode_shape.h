// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_PLAN_INODE_SHAPE_H_
#define EROFS_PLAN_INODE_SHAPE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "format/limits.gen.h"

namespace erofs::plan {

// Which inode a file gets.
enum class InodeForm : std::uint8_t { kAuto, kCompact, kExtended };

// Seconds and nanoseconds since 1970.
struct Time {
  std::int64_t seconds = 0;
  std::uint32_t nanoseconds = 0;

  friend bool operator==(const Time&, const Time&) = default;
  friend bool operator<(const Time& a, const Time& b) noexcept {
    return a.seconds != b.seconds ? a.seconds < b.seconds
                                  : a.nanoseconds < b.nanoseconds;
  }
};

// What an inode says of a file, wherever its data lies.
struct InodeFacts {
  format::ModeType type = format::ModeType::kRegular;
  std::uint16_t permissions = 0;  // low 12 bits
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::uint32_t nlink = 1;
  std::uint64_t size = 0;  // bytes
  Time time;
  std::uint32_t number = 0;  // i_ino
};

// How its data lies.
struct InodeData {
  format::Layout layout = format::Layout::kFlatPlain;
  std::uint32_t i_u = 0;          // start block, device number, chunk format
  std::uint16_t high = 0;         // bits 32 to 47 of a start or a count
  std::uint32_t xattr_bytes = 0;  // of the area behind the inode
  bool dot_omitted = false;       // dir: it has no entry "."
};

// Why a compact inode cannot say all of this in an image of time `epoch`, or
// nullptr. `wide`: the image has 48BIT, whose compact inodes have seconds.
[[nodiscard]] const char* not_compact(const InodeFacts& facts,
                                      const Time& epoch, bool wide) noexcept;

// Bytes of the inode itself.
[[nodiscard]] std::size_t inode_size(bool compact) noexcept;

// `epoch`: the time of the image, from which a compact inode counts.
[[nodiscard]] std::vector<std::byte> inode_bytes(const InodeFacts& facts,
                                                 const InodeData& data,
                                                 const Time& epoch,
                                                 bool compact);

// A device number as i_u has it. Requires device_fits().
[[nodiscard]] std::uint32_t device_number(std::uint32_t major,
                                          std::uint32_t minor) noexcept;
[[nodiscard]] bool device_fits(std::uint32_t major,
                               std::uint32_t minor) noexcept;

}  // namespace erofs::plan

#endif  // EROFS_PLAN_INODE_SHAPE_H_
