// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_DEFLATE_BITS_H_
#define EROFS_DECOMPRESS_DEFLATE_BITS_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

// NOLINTBEGIN(cppcoreguidelines-pro-bounds-pointer-arithmetic): an index for
// each access would halve the speed; every function states what it needs.
namespace erofs::decompress {

static_assert(std::endian::native == std::endian::little,
              "words are read as they stand");

// The bits of a DEFLATE stream that are not taken yet, the next one lowest.
// Those of `word` above `count` are of the stream, or zero.
struct DeflateBits {
  const std::uint8_t* in = nullptr;
  const std::uint8_t* end = nullptr;
  std::uint64_t word = 0;
  unsigned count = 0;

  // At least 56 bits, where eight bytes are left.
  void refill_fast() noexcept {
    std::uint64_t next = 0;
    std::memcpy(&next, in, sizeof(next));
    word |= next << count;
    in += (63 - count) >> 3U;
    count |= 56U;
  }
  // As many as there are, up to 56 and more.
  void refill() noexcept {
    if (static_cast<std::size_t>(end - in) >= sizeof(word)) {
      refill_fast();
      return;
    }
    while (count <= 56 && in != end) {
      word |= std::uint64_t{*in++} << count;
      count += 8;
    }
  }
  void drop(unsigned bits) noexcept {
    word >>= bits;
    count -= bits;
  }
  [[nodiscard]] unsigned peek(unsigned bits) const noexcept {
    return static_cast<unsigned>(word & ((std::uint64_t{1} << bits) - 1));
  }
  // False where so many do not exist. At most 32.
  [[nodiscard]] bool take(unsigned bits, unsigned& value) noexcept {
    if (count < bits) refill();
    if (count < bits) return false;
    value = peek(bits);
    drop(bits);
    return true;
  }
  // Gives whole bytes back, and drops the rest of the one that was begun.
  void align() noexcept {
    in -= count >> 3U;
    word = 0;
    count = 0;
  }
};

}  // namespace erofs::decompress
// NOLINTEND(cppcoreguidelines-pro-bounds-pointer-arithmetic)

#endif  // EROFS_DECOMPRESS_DEFLATE_BITS_H_
