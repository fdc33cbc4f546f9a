// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_DEFLATE_BLOCK_H_
#define EROFS_DECOMPRESS_DEFLATE_BLOCK_H_

#include <array>
#include <cstdint>

#include "base/bytes.h"
#include "decompress/deflate_table.h"

namespace erofs::decompress {

struct DeflateBits;

// Decodes whole DEFLATE streams (RFC 1951). Takes nothing that zlib, which
// Linux has, does not take; libdeflate, otherwise the fastest, knows symbols
// and codes that the format does not have. For one thread at a time.
class DeflateStream {
 public:
  // Whether this processor has BMI2.
  [[nodiscard]] static bool has_bmi2() noexcept;

  explicit DeflateStream(bool with_bmi2 = has_bmi2()) noexcept
      : bmi2_(with_bmi2) {}

  // Whether `stream` fills `out` exactly and ends with its own last byte; if
  // so, `out` is its content.
  [[nodiscard]] bool decode(ByteView stream, MutableBytes out) noexcept;

 private:
  // Bits that are looked up first, and room for what they leave.
  static constexpr unsigned kSymbolBits = 11;
  static constexpr unsigned kDistanceBits = 8;
  static constexpr std::size_t kSymbolRoom = 3072;
  static constexpr std::size_t kDistanceRoom = 1024;

  // Symbols and distances that a stream may give codes to.
  static constexpr unsigned kMostSymbols = 286;
  static constexpr unsigned kMostDistances = 30;
  using CodeLengths = std::array<std::uint8_t, kMostSymbols + kMostDistances>;

  struct Sink;

  [[nodiscard]] bool block(DeflateBits& bits, Sink& sink, bool& last) noexcept;
  [[nodiscard]] bool dynamic_codes(DeflateBits& bits) noexcept;
  [[nodiscard]] bool code_lengths(DeflateBits& bits, unsigned all,
                                  CodeLengths& lengths) const noexcept;
  [[nodiscard]] bool fixed_codes() noexcept;
  [[nodiscard]] bool symbols(DeflateBits& bits, Sink& sink) const noexcept;
  // Symbols while neither end is near. False: the stream is bad; `end`: the
  // block is over.
  [[nodiscard]] bool loop(DeflateBits& bits, Sink& sink,
                          bool& end) const noexcept;
  [[nodiscard]] bool loop_anywhere(DeflateBits& bits, Sink& sink,
                                   bool& end) const noexcept;
  [[nodiscard]] bool loop_bmi2(DeflateBits& bits, Sink& sink,
                               bool& end) const noexcept;

  std::array<DeflateEntry, kSymbolRoom> symbols_{};
  std::array<DeflateEntry, kDistanceRoom> distances_{};
  bool fixed_ = false;  // the tables hold the fixed codes
  bool bmi2_;
};

}  // namespace erofs::decompress

#endif  // EROFS_DECOMPRESS_DEFLATE_BLOCK_H_
