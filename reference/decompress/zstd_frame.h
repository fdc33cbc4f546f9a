// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_ZSTD_FRAME_H_
#define EROFS_DECOMPRESS_ZSTD_FRAME_H_

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "decompress/outcome.h"

namespace erofs::decompress {

// What the header of a Zstandard frame announces. Source: RFC 8878, 3.1.1.
struct ZstdFrame {
  Outcome outcome = Outcome::kDone;      // else only this counts
  std::uint64_t window = 0;              // bytes of history
  std::optional<std::uint64_t> content;  // decoded bytes, where announced
  std::uint32_t dictionary = 0;          // id, 0: none
  std::uint64_t block_max = 0;           // bytes that a block may have
  bool checksum = false;                 // behind the last block
  std::uint64_t header = 0;              // bytes before the first block
};

// Outcomes: kShort (the header is cut off), kFrame (a skippable frame),
// kCorrupt (another magic, or the reserved bit).
[[nodiscard]] ZstdFrame zstd_frame(ByteView stream) noexcept;

}  // namespace erofs::decompress

#endif  // EROFS_DECOMPRESS_ZSTD_FRAME_H_
