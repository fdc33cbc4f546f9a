// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_ZSTD_LITERALS_H_
#define EROFS_DECOMPRESS_ZSTD_LITERALS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "decompress/zstd_huffman.h"

namespace erofs::decompress {

// The literals of a frame's blocks, one block after the other. Each bitstream
// of Huffman codes must be used up, neither more nor less. libzstd asks that of
// small streams only, where its fast decoder is of no use; without that one,
// as in Linux 6.12, of all.
// Source: RFC 8878, 3.1.1.3.1 and 4.2.2.
class ZstdLiterals {
 public:
  // What a block's section has. Behind the literals stand bytes that may be
  // read; all are there until the next block is read.
  struct Section {
    ByteView bytes;
    std::size_t count = 0;  // literals among them
    std::uint64_t end = 0;  // of the section, in the block
  };

  // Forgets the blocks before: a frame begins.
  void reset() noexcept { codes_.bits = 0; }

  // Nothing: it is refused, or has more than `most` literals.
  [[nodiscard]] std::optional<Section> read(ByteView block,
                                            std::uint64_t most) noexcept;

 private:
  static constexpr std::size_t kMost = std::size_t{1} << 17U;
  static constexpr std::size_t kBehind = 64;

  [[nodiscard]] bool streams(ByteView bytes, std::uint64_t count,
                             bool four) noexcept;

  ZstdCodes codes_;
  std::array<std::byte, kMost + kBehind> room_{};
};

}  // namespace erofs::decompress

#endif  // EROFS_DECOMPRESS_ZSTD_LITERALS_H_
