// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/inode_shape.h"

#include <limits>

#include "format/inode.gen.h"
#include "format/xattr.gen.h"
#include "plan/bytes_out.h"

namespace erofs::plan {
namespace {

constexpr std::uint64_t kMax16 = std::numeric_limits<std::uint16_t>::max();
constexpr std::uint64_t kMax32 = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t kMinorLow = 8;  // bits of the minor number in front
constexpr std::uint32_t kMajorMax = 1U << 12;
constexpr std::uint32_t kMinorMax = 1U << 20;

// i_xattr_icount for an area of that many bytes.
std::uint16_t icount(std::uint32_t bytes) {
  if (bytes == 0) return 0;
  const std::size_t more = bytes - format::XattrHeaderView::kSize;
  return static_cast<std::uint16_t>(1 + more / format::kXattrUnit);
}

// What both inodes have in common.
template <class Builder>
void common(Builder& out, const InodeFacts& facts, const InodeData& data) {
  out.i_format_layout(static_cast<std::uint32_t>(data.layout))
      .i_format_bit4(data.dot_omitted ? 1 : 0)
      .i_xattr_icount(icount(data.xattr_bytes))
      .i_mode_permissions(facts.permissions)
      .i_mode_type(static_cast<std::uint32_t>(facts.type))
      .i_u(data.i_u)
      .i_ino(facts.number);
}

}  // namespace

const char* not_compact(const InodeFacts& facts, const Time& epoch,
                        bool wide) noexcept {
  if (facts.size > kMax32) return "is 4 GiB long or longer";
  if (facts.uid > kMax16 || facts.gid > kMax16) {
    return "has an owner whose id is above 65535";
  }
  if (facts.nlink > kMax16) return "has more than 65535 links";
  if (facts.time == epoch) return nullptr;
  if (!wide) return "has another time than the image";
  if (facts.time.nanoseconds != epoch.nanoseconds) {
    return "has another fraction of a second than the image";
  }
  const std::uint64_t after = static_cast<std::uint64_t>(facts.time.seconds) -
                              static_cast<std::uint64_t>(epoch.seconds);
  if (facts.time < epoch || after > kMax32) {
    return "has a time that is not within 2^32 seconds behind the image's";
  }
  return nullptr;
}

std::size_t inode_size(bool compact) noexcept {
  return compact ? format::InodeCompactView::kSize
                 : format::InodeExtendedView::kSize;
}

std::vector<std::byte> inode_bytes(const InodeFacts& facts,
                                   const InodeData& data, const Time& epoch,
                                   bool compact) {
  std::vector<std::byte> out;
  if (compact) {
    format::InodeCompactBuilder inode;
    common(inode, facts, data);
    inode.nlink(static_cast<std::uint16_t>(facts.nlink))
        .i_size(static_cast<std::uint32_t>(facts.size))
        .i_mtime(static_cast<std::uint32_t>(
            static_cast<std::uint64_t>(facts.time.seconds) -
            static_cast<std::uint64_t>(epoch.seconds)))
        .i_uid(static_cast<std::uint16_t>(facts.uid))
        .i_gid(static_cast<std::uint16_t>(facts.gid));
    append(out, inode.bytes());
    return out;
  }
  format::InodeExtendedBuilder inode;
  common(inode, facts, data);
  inode.i_format_version(1)
      .i_nb(data.high)
      .i_size(facts.size)
      .i_uid(facts.uid)
      .i_gid(facts.gid)
      .i_mtime(facts.time.seconds)
      .i_mtime_nsec(facts.time.nanoseconds)
      .i_nlink(facts.nlink);
  append(out, inode.bytes());
  return out;
}

std::uint32_t device_number(std::uint32_t major, std::uint32_t minor) noexcept {
  format::InodeCompactBuilder inode;
  inode.rdev_major(major)
      .rdev_minor_lo(minor & ((1U << kMinorLow) - 1))
      .rdev_minor_hi(minor >> kMinorLow);
  return inode.view().i_u();
}

bool device_fits(std::uint32_t major, std::uint32_t minor) noexcept {
  return major < kMajorMax && minor < kMinorMax;
}

}  // namespace erofs::plan
