// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_ZSTD_BITS_H_
#define EROFS_DECOMPRESS_ZSTD_BITS_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.h"

namespace erofs::decompress {

inline constexpr unsigned kZstdPeek = 56;

// A bitstream of Zstandard, which is read from its end to its start. The
// highest bit that is set in its last byte says where it begins.
// Source: RFC 8878, 4.1 and 4.2.2.
class ZstdBits {
 public:
  ZstdBits() noexcept = default;

  // False: without a byte, or without that bit, there is no bitstream.
  [[nodiscard]] bool start(ByteView bytes) noexcept {
    bytes_ = bytes.span();
    at_ = bytes_.size();
    word_ = 0;
    count_ = 0;
    if (bytes_.empty()) return false;
    const auto last = std::to_integer<std::uint8_t>(bytes_.back());
    if (last == 0) return false;
    refill();
    return drop(static_cast<unsigned>(std::countl_zero(last)) + 1);
  }

  [[nodiscard]] bool empty() const noexcept { return count_ == 0; }

  // The next bits, the first one highest: at least kZstdPeek of them, or all
  // that are left with zeros behind them.
  [[nodiscard]] std::uint64_t peek() const noexcept { return word_; }

  // Up to kZstdPeek. False where so many do not exist.
  [[nodiscard]] bool drop(unsigned bits) noexcept {
    if (bits > count_) return false;
    word_ <<= bits;
    count_ -= bits;
    refill();
    return true;
  }

  // The highest `bits` of what was peeked, up to 63.
  [[nodiscard]] static std::uint64_t top(std::uint64_t peeked,
                                         unsigned bits) noexcept {
    return peeked >> 1U >> (63 - bits);
  }

 private:
  // Where it reads does not wait for what was just dropped.
  void refill() noexcept {
    if (at_ >= 8) [[likely]] {
      word_ |= load(bytes_.subspan(at_ - 8).first<8>()) >> count_;
      at_ -= (63 - count_) >> 3U;
      count_ |= 56U;
      return;
    }
    while (count_ <= 56 && at_ > 0) {
      word_ |= std::to_integer<std::uint64_t>(bytes_[--at_]) << (56 - count_);
      count_ += 8;
    }
  }

  // Written out, because compilers make one load of this.
  [[nodiscard]] static std::uint64_t load(
      std::span<const std::byte, 8> bytes) noexcept {
    const auto at = [&bytes](std::size_t i) noexcept {
      return std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
    };
    return at(0) | at(1) | at(2) | at(3) | at(4) | at(5) | at(6) | at(7);
  }

  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;      // the bytes before are not in the word
  std::uint64_t word_ = 0;  // the next bits; of those behind them, some
  unsigned count_ = 0;      // up to 63
};

}  // namespace erofs::decompress

#endif  // EROFS_DECOMPRESS_ZSTD_BITS_H_
