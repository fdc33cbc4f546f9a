// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_ZSTD_WRITER_H_
#define EROFS_DECOMPRESS_ZSTD_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/bytes.h"
#include "decompress/library.h"

// NOLINTBEGIN(cppcoreguidelines-pro-bounds-pointer-arithmetic): an index for
// each access would halve the speed; each copy states the room that it needs.
namespace erofs::decompress {

// Writes what the sequences of a frame make, behind what it wrote before.
class ZstdWriter {
 public:
  // `window`: bytes that a match may reach back.
  ZstdWriter(MutableBytes out, std::uint64_t window) noexcept
      : start_(output<std::uint8_t>(out)),
        out_(start_),
        end_(start_ + out.size()),
        block_end_(end_),
        window_(window) {}

  // A block of up to `most` bytes begins, the first `size` bytes of `bytes`
  // are its literals. What stands behind them may be read, and is not used.
  void begin(ByteView bytes, std::size_t size, std::uint64_t most) noexcept {
    literals_ = input<std::uint8_t>(bytes);
    literals_end_ = literals_ + size;
    readable_end_ = literals_ + bytes.size();
    block_end_ = most < room() ? out_ + most : end_;
  }

  // False: there are not so many literals, it is more than fits, or the match
  // reaches back too far.
  [[nodiscard, gnu::always_inline]] bool put(std::uint64_t literals,
                                             std::uint64_t offset,
                                             std::uint64_t match) noexcept {
    const auto left = static_cast<std::uint64_t>(block_end_ - out_);
    if (literals > count(literals_, literals_end_) || literals + match > left) {
      return false;
    }
    const bool wide = count(out_, end_) >= literals + match + kSlack &&
                      count(literals_, readable_end_) >= literals + kSlack;
    if (wide) {
      copy(out_, literals_, literals);
    } else if (literals != 0) {
      std::memcpy(out_, literals_, literals);
    }
    out_ += literals;
    literals_ += literals;
    if (offset > window_ || offset > count(start_, out_)) return false;
    if (wide) {
      repeat(offset, match);
    } else {
      for (std::uint64_t i = 0; i < match; ++i) {
        out_[i] = *(out_ + i - offset);
      }
    }
    out_ += match;
    return true;
  }

  // The literals that no sequence took. False: they do not fit.
  [[nodiscard]] bool finish() noexcept {
    const std::uint64_t size = count(literals_, literals_end_);
    if (size > static_cast<std::uint64_t>(block_end_ - out_)) return false;
    if (size != 0) std::memcpy(out_, literals_, size);
    out_ += size;
    literals_ = literals_end_;
    return true;
  }

  // A block of one byte, again and again. False: it does not fit.
  [[nodiscard]] bool run(std::byte byte, std::uint64_t size) noexcept {
    if (size > room()) return false;
    if (size != 0) std::memset(out_, std::to_integer<int>(byte), size);
    out_ += size;
    return true;
  }

  // Bytes that are not written yet.
  [[nodiscard]] std::uint64_t room() const noexcept {
    return count(out_, end_);
  }

 private:
  static constexpr std::size_t kWide = 16;
  static constexpr std::size_t kHalf = 8;
  // Copies write and read up to so much more than they are asked to.
  static constexpr std::size_t kSlack = 2 * kWide;

  [[nodiscard]] static std::uint64_t count(const std::uint8_t* from,
                                           const std::uint8_t* to) noexcept {
    return static_cast<std::uint64_t>(to - from);
  }

  static void copy(std::uint8_t* to, const std::uint8_t* from,
                   std::uint64_t size) noexcept {
    std::memcpy(to, from, kWide);
    for (std::uint64_t done = kWide; done < size; done += kWide) {
      std::memcpy(to + done, from + done, kWide);
    }
  }

  // Up to kWide bytes behind the match are written.
  void repeat(std::uint64_t offset, std::uint64_t match) noexcept {
    std::uint8_t* to = out_;
    const std::uint8_t* from = out_ - offset;
    if (offset >= kWide) {
      copy(to, from, match);
      return;
    }
    const std::uint8_t* end = out_ + match;
    // As much as is written doubles the period, until a word fits.
    while (offset < kHalf && to < end) {
      std::memmove(to, from, kHalf);
      to += offset;
      offset *= 2;
    }
    for (; to < end; to += kHalf) std::memcpy(to, to - offset, kHalf);
  }

  std::uint8_t* start_;
  std::uint8_t* out_;
  std::uint8_t* end_;
  std::uint8_t* block_end_;
  const std::uint8_t* literals_ = nullptr;
  const std::uint8_t* literals_end_ = nullptr;
  const std::uint8_t* readable_end_ = nullptr;
  std::uint64_t window_;
};

}  // namespace erofs::decompress
// NOLINTEND(cppcoreguidelines-pro-bounds-pointer-arithmetic)

#endif  // EROFS_DECOMPRESS_ZSTD_WRITER_H_
