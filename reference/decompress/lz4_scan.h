// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_LZ4_SCAN_H_
#define EROFS_DECOMPRESS_LZ4_SCAN_H_

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "decompress/outcome.h"

namespace erofs::decompress {

// One step of an LZ4 block: literals, then a match. Source: LZ4 block format
// description (lz4_Block_format.md).
struct Lz4Sequence {
  std::uint64_t literals = 0;  // bytes
  std::uint64_t match = 0;     // bytes; 0: the block ends here
  std::uint32_t distance = 0;  // of the match, 1..65535
};

// Walks the sequences of a block without decoding it.
class Lz4Scan {
 public:
  explicit Lz4Scan(ByteView block) noexcept : block_(block) {}

  // The next sequence; nullopt where there is none: the bytes ran out, or a
  // distance is 0. Each call takes at least one byte of the block.
  [[nodiscard]] std::optional<Lz4Sequence> next() noexcept;
  // Whether next() wanted more bytes than there are.
  [[nodiscard]] bool ran_out() const noexcept { return ran_out_; }
  // Whether every byte of the block has been looked at.
  [[nodiscard]] bool at_end() const noexcept { return at_ == block_.size(); }
  // Literals that stand before the spot where next() found no match.
  [[nodiscard]] std::uint64_t stray_literals() const noexcept {
    return stray_literals_;
  }

 private:
  [[nodiscard]] std::optional<std::uint8_t> byte() noexcept;
  // A length whose low four bits stand in a token.
  [[nodiscard]] std::optional<std::uint64_t> length(unsigned nibble) noexcept;

  ByteView block_;
  std::uint64_t at_ = 0;
  std::uint64_t stray_literals_ = 0;
  bool ran_out_ = false;
};

// Why the library refused to decode `block` to exactly `size` bytes: kShort,
// kLong, kTrailing (as far as a format without an end mark lets one tell:
// literals end at `size`, and what follows is no block) or kCorrupt.
[[nodiscard]] Outcome lz4_failure(ByteView block, std::uint64_t size) noexcept;

// What the distances of the first `size` decoded bytes of `block` are like:
// kDone; kWindow where one is more than `most`; kCorrupt where one is 0 or
// reaches before the start; kShort where the block ends before `size`.
[[nodiscard]] Outcome lz4_distances(ByteView block, std::uint64_t size,
                                    std::uint32_t most) noexcept;

}  // namespace erofs::decompress

#endif  // EROFS_DECOMPRESS_LZ4_SCAN_H_
