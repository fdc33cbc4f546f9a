// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_DEFLATE_TABLE_H_
#define EROFS_DECOMPRESS_DEFLATE_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

// Huffman codes of DEFLATE as tables that a decoder looks bits up in.
namespace erofs::decompress {

// What bits stand for:
//   literal:    31, value in 16..23
//   number:     base in 16..30 (a length or a distance), extra bits behind it
//   subtable:   15 and 14, where it starts in 16..30, its bits in 8..13
//   end:        15 and 13
//   nothing:    15
// Bits 0..7 count the bits that are taken, extra ones included; 8..12 those
// of the code alone.
using DeflateEntry = std::uint32_t;

inline constexpr DeflateEntry kDeflateLiteral = DeflateEntry{1} << 31;
inline constexpr DeflateEntry kDeflateSpecial = DeflateEntry{1} << 15;
inline constexpr DeflateEntry kDeflateSubtable = DeflateEntry{1} << 14;
inline constexpr DeflateEntry kDeflateEnd = DeflateEntry{1} << 13;

inline constexpr unsigned kDeflateLongestCode = 15;
inline constexpr unsigned kDeflateSymbols = 288;

// Lengths of codes in bits, one a symbol; 0: the symbol has none.
using DeflateLengths = std::span<const std::uint8_t>;

enum class DeflateCode : std::uint8_t { kLengths, kSymbols, kDistances };

// Fills `table`, the first 2^`bits` entries of which are looked up first, for
// a code of that kind. False: the code is none that zlib takes: it has more
// codes than there are, or fewer (but for one code of one bit, or none, where
// they are not code lengths); or the table is too small.
[[nodiscard]] bool deflate_table(DeflateCode code, DeflateLengths lengths,
                                 unsigned bits,
                                 std::span<DeflateEntry> table) noexcept;

}  // namespace erofs::decompress

#endif  // EROFS_DECOMPRESS_DEFLATE_TABLE_H_
