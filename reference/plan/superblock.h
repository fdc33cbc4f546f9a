// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_PLAN_SUPERBLOCK_H_
#define EROFS_PLAN_SUPERBLOCK_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "plan/inode_shape.h"

namespace erofs::plan {

// An extra device of the image.
struct DeviceFacts {
  std::string tag;  // at most 64 bytes
  std::uint64_t blocks = 0;
  std::uint64_t unified = 0;  // its first block in the unified space, or 0
};

// What the superblock says.
struct ImageFacts {
  unsigned block_bits = 12;
  std::uint32_t compat = 0;
  std::uint32_t incompat = 0;
  std::uint64_t blocks = 0;
  std::uint64_t inodes = 0;
  std::uint64_t root = 0;     // NID
  std::uint64_t packed = 0;   // NID, 0 for none
  std::uint64_t metabox = 0;  // NID, 0 for none
  Time epoch;
  std::uint32_t build_time = 0;  // seconds behind epoch, with 48BIT
  std::uint32_t xattr_block = 0;
  std::uint32_t prefix_unit = 0;  // where the prefix table begins
  std::uint8_t prefixes = 0;
  std::uint8_t digest_prefix = 0;  // of the inode digests
  std::uint16_t algorithms = 0;    // u1
  std::array<std::byte, 16> uuid{};
  std::string label;              // at most 16 bytes
  std::vector<std::byte> codecs;  // the records of compression settings
  std::vector<DeviceFacts> devices;
};

// Bytes from the start of the image that the superblock and what follows it
// take: extension slots, records, device slots.
[[nodiscard]] std::uint64_t front_size(const ImageFacts& facts);

// The bytes from kSuperblockOffset to front_size(), without a checksum.
[[nodiscard]] std::vector<std::byte> front_bytes(const ImageFacts& facts);

// Bytes of the image, from kSuperblockOffset on, that the checksum covers.
[[nodiscard]] std::uint64_t checksum_span(unsigned block_bits) noexcept;

// The checksum over that span, in which the field itself is zero.
[[nodiscard]] std::uint32_t checksum_of(const std::vector<std::byte>& span);

// Puts it into its field.
void set_checksum(std::vector<std::byte>& front, std::uint32_t checksum);

}  // namespace erofs::plan

#endif  // EROFS_PLAN_SUPERBLOCK_H_
