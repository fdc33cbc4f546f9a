// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_BASE_FAULT_H_
#define EROFS_BASE_FAULT_H_

#include <cstdint>

namespace erofs {

// Defined by the generated rule table; base carries ids without knowing them.
enum class RuleId : std::uint16_t;

// What a reader does about it: refuse the image, say that it cannot judge
// it, say that a budget ran out, or say that bytes could not be fetched.
enum class FaultKind : std::uint8_t { kMalformed, kUnsupported, kLimit, kIo };

// A byte of the image: which space it lies in, and where in that space.
struct Place {
  static constexpr std::uint32_t kPrimary = 0;
  // Decoded content of the metabox inode; larger than any 16-bit device id.
  static constexpr std::uint32_t kMetabox = 0x10000;
  // Decoded content of the packed inode.
  static constexpr std::uint32_t kPacked = 0x10001;

  std::uint32_t space = kPrimary;  // kPrimary, a device id, or the above
  std::uint64_t offset = 0;        // bytes from the start of that space

  // This place moved on by `bytes`, stopping at the last address.
  [[nodiscard]] Place plus(std::uint64_t bytes) const noexcept {
    const std::uint64_t room = ~std::uint64_t{0} - offset;
    return {space, offset + (bytes < room ? bytes : room)};
  }

  friend bool operator==(const Place&, const Place&) = default;
};

// Why an operation gave no value. `rule` names the spec rule that is broken
// (RuleId{} for a plain I/O failure, whose `value` is the errno); `value` is
// the offending number.
struct Fault {
  FaultKind kind = FaultKind::kMalformed;
  RuleId rule{};
  Place where;
  std::uint64_t value = 0;

  friend bool operator==(const Fault&, const Fault&) = default;
};

}  // namespace erofs

#endif  // EROFS_BASE_FAULT_H_
