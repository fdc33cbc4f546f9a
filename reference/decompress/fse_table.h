// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_FSE_TABLE_H_
#define EROFS_DECOMPRESS_FSE_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/bytes.h"

// Tables of Finite State Entropy, with which Zstandard codes its sequences
// and the weights of its Huffman codes. Source: RFC 8878, 4.1.1.
namespace erofs::decompress {

inline constexpr unsigned kFseSymbols = 256;
inline constexpr unsigned kFseLeastAccuracy = 5;
inline constexpr unsigned kFseMostAccuracy = 9;

// How likely symbols are: shares of 2^accuracy states, where -1 is one state
// that is less likely than others with one.
struct FseShares {
  std::array<std::int16_t, kFseSymbols> share{};
  std::size_t symbols = 0;  // that have an entry
  unsigned accuracy = 0;    // bits of a state
  std::size_t size = 0;     // bytes that described them
};

// The description at the start of `bytes`. Nothing: there is none that ends
// within them, has at most `symbols` symbols (up to kFseSymbols) and states of
// at most `accuracy` bits, and shares them all out.
[[nodiscard]] std::optional<FseShares> fse_shares(ByteView bytes,
                                                  std::size_t symbols,
                                                  unsigned accuracy) noexcept;

// What a state stands for: in bits 0..7 how many bits choose the next state,
// in 16..24 the number that these are added to. The rest is as the symbol's
// meaning has it.
using FseEntry = std::uint32_t;

[[nodiscard]] constexpr unsigned fse_bits(FseEntry entry) noexcept {
  return entry & 255U;
}
[[nodiscard]] constexpr unsigned fse_next(FseEntry entry) noexcept {
  return entry >> 16U & 511U;
}

// Fills the first 2^accuracy entries of `table`. `meanings` has one for each
// symbol, with no bits but those that are free in an entry. False: there are
// fewer meanings than symbols, the table is too small, or the shares are not
// those of 2^accuracy states.
[[nodiscard]] bool fse_table(std::span<const std::int16_t> shares,
                             unsigned accuracy,
                             std::span<const FseEntry> meanings,
                             std::span<FseEntry> table) noexcept;

}  // namespace erofs::decompress

#endif  // EROFS_DECOMPRESS_FSE_TABLE_H_
