// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_ZSTD_HUFFMAN_H_
#define EROFS_DECOMPRESS_ZSTD_HUFFMAN_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.h"

namespace erofs::decompress {

inline constexpr unsigned kZstdLongestCode = 11;

// The codes of a Huffman tree.
struct ZstdCodes {
  // By the next `bits` bits of a stream: how many of them are a code in bits
  // 0..7, and the symbol that it stands for above.
  std::array<std::uint16_t, std::size_t{1} << kZstdLongestCode> entries{};
  unsigned bits = 0;  // of the longest code, 0: there is no tree yet
};

// Reads the description of a tree at the start of `bytes`, and returns how
// many bytes it takes. Nothing, and no tree: there is none that ends within
// them, it is not complete, a code is longer than kZstdLongestCode, or the
// bitstream of its weights does not hold the states that it starts with.
// Source: RFC 8878, 4.2.1.
[[nodiscard]] std::optional<std::size_t> zstd_tree(ByteView bytes,
                                                   ZstdCodes& codes) noexcept;

}  // namespace erofs::decompress

#endif  // EROFS_DECOMPRESS_ZSTD_HUFFMAN_H_
