// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_ZSTD_BLOCK_H_
#define EROFS_DECOMPRESS_ZSTD_BLOCK_H_

#include <cstdint>

#include "base/bytes.h"
#include "decompress/zstd_literals.h"
#include "decompress/zstd_sequences.h"
#include "decompress/zstd_writer.h"

namespace erofs::decompress {

// What the frame says of its blocks.
struct ZstdBounds {
  std::uint64_t block = 0;   // bytes that one may have, and decode to
  std::uint64_t window = 0;  // bytes that a match may reach back
};

// The blocks of frames, strictly. Keeps memory for tables from frame to frame.
// Source: RFC 8878, 3.1.1.2 and 3.1.1.3.
class ZstdBlocks {
 public:
  // Whether the blocks, up to the last one, decode to all of `out`, and
  // nothing stands behind them. Some of it is written where they do not.
  [[nodiscard]] bool decode(ByteView blocks, ZstdBounds bounds,
                            MutableBytes out) noexcept;

  // Of blocks that the library has decoded, up to the last one or as far as
  // there are whole ones: whether all versions of it, and Linux, do the same.
  [[nodiscard]] bool judge(ByteView blocks, ZstdBounds bounds) noexcept;

 private:
  void reset() noexcept;
  [[nodiscard]] bool decode_one(ByteView block, ZstdBounds bounds,
                                ZstdWriter& writer) noexcept;
  [[nodiscard]] bool judge_one(ByteView block, ZstdBounds bounds) noexcept;

  ZstdLiterals literals_;
  ZstdSequences sequences_;
};

}  // namespace erofs::decompress

#endif  // EROFS_DECOMPRESS_ZSTD_BLOCK_H_
