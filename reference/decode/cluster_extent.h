// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECODE_CLUSTER_EXTENT_H_
#define EROFS_DECODE_CLUSTER_EXTENT_H_

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "format/limits.gen.h"

namespace erofs::decode {

// One record of an encoded extent. Fields that records of its size do not
// have are zero.
struct ExtentRecord {
  std::uint32_t word = 0;    // all of plen, as stored
  std::uint32_t length = 0;  // bytes of the pcluster, 21 bits; 0: a hole
  bool partial = false;      // PARTIAL_REF
  std::uint8_t format = 0;   // 0: raw; else a value of Algorithm plus 1
  std::uint64_t pstart = 0;  // bytes
  std::uint64_t lstart = 0;  // bytes

  [[nodiscard]] bool raw() const noexcept { return format == 0; }
  // Number of the algorithm of a record that is not raw; 0..14.
  [[nodiscard]] std::uint8_t algorithm() const noexcept {
    return static_cast<std::uint8_t>(format - format::kRecordAlgorithmBase);
  }
  // Position in the packed inode, where the record is that of a fragment.
  [[nodiscard]] std::uint64_t fragment_offset() const noexcept {
    return word | pstart << 32;
  }
};

// Decodes a record of `bytes`.size() bytes: 4, 8, 16 or 32, nothing for
// others. Any bytes mean something. Spec: cluster-map, "Extent records".
[[nodiscard]] std::optional<ExtentRecord> extent_record(
    ByteView bytes) noexcept;

}  // namespace erofs::decode

#endif  // EROFS_DECODE_CLUSTER_EXTENT_H_
