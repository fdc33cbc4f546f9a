// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_ZSTD_WRITER_H_
#define EROFS_DECOMPRESS_ZSTD_WRITER_H_

#include <algorithm>
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
    widen();
  }

  // False: there are not so many literals, it is more than fits, or the match
  // reaches back too far.
  [[nodiscard, gnu::always_inline]] bool put(std::uint64_t literals,
                                             std::uint64_t offset,
                                             std::uint64_t match) noexcept {
    if (literals + match > wide_room_ || literals >= wide_literals_)
        [[unlikely]] {
      return put_narrow(literals, offset, match);
    }
    copy(out_, literals_, literals);
    advance(literals);
    if (offset > window_ || offset > count(start_, out_)) [[unlikely]] {
      return false;
    }
    repeat(offset, match);
    out_ += match;
    wide_room_ -= match;
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

  // How far copies may go that do not look where they end.
  void widen() noexcept {
    const std::uint64_t left = count(out_, block_end_);
    const std::uint64_t wide = room() > kSlack ? room() - kSlack : 0;
    wide_room_ = std::min(left, wide);
    const std::uint64_t held = count(literals_, literals_end_);
    const std::uint64_t readable = count(literals_, readable_end_);
    wide_literals_ =
        readable < kSlack ? 0 : std::min(held, readable - kSlack) + 1;
  }

  void advance(std::uint64_t literals) noexcept {
    out_ += literals;
    literals_ += literals;
    wide_room_ -= literals;
    wide_literals_ -= literals;
  }

  // At the end of all room, or of what may be read.
  [[nodiscard, gnu::noinline]] bool put_narrow(std::uint64_t literals,
                                               std::uint64_t offset,
                                               std::uint64_t match) noexcept {
    if (literals > count(literals_, literals_end_) ||
        literals + match > count(out_, block_end_)) {
      return false;
    }
    if (literals != 0) std::memcpy(out_, literals_, literals);
    out_ += literals;
    literals_ += literals;
    if (offset > window_ || offset > count(start_, out_)) return false;
    for (std::uint64_t i = 0; i < match; ++i) out_[i] = *(out_ + i - offset);
    out_ += match;
    widen();
    return true;
  }

  static void copy(std::uint8_t* to, const std::uint8_t* from,
                   std::uint64_t size) noexcept {
    std::uint64_t done = 0;
    do {
      std::memcpy(to + done, from + done, kWide);
      std::memcpy(to + done + kWide, from + done + kWide, kWide);
      done += 2 * kWide;
    } while (done < size);
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
  std::uint64_t wide_room_ = 0;
  // Literals that are too many for that; 0 where even none are too many,
  // because copies read on.
  std::uint64_t wide_literals_ = 0;
  std::uint64_t window_;
};

}  // namespace erofs::decompress
// NOLINTEND(cppcoreguidelines-pro-bounds-pointer-arithmetic)

#endif  // EROFS_DECOMPRESS_ZSTD_WRITER_H_
