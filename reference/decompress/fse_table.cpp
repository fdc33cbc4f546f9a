// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/fse_table.h"

#include <algorithm>
#include <bit>

namespace erofs::decompress {
namespace {

// Reads bits from the start of bytes on, the first one lowest. Bits behind
// the end are zeros; whether any was taken is seen at the end.
class Forward {
 public:
  explicit Forward(ByteView bytes) noexcept : bytes_(bytes) {}

  // At least 16 bits.
  [[nodiscard]] unsigned peek() const noexcept {
    const ByteView rest = bytes_.from(at_ / 8).value_or(ByteView()).head(3);
    unsigned value = 0;
    for (std::size_t i = rest.size(); i-- > 0;) {
      value = value << 8U | std::to_integer<unsigned>(rest.span()[i]);
    }
    return value >> at_ % 8;
  }
  void drop(unsigned bits) noexcept { at_ += bits; }
  [[nodiscard]] unsigned take(unsigned bits) noexcept {
    const unsigned value = peek() & ((1U << bits) - 1);
    drop(bits);
    return value;
  }

  [[nodiscard]] std::size_t bytes() const noexcept { return (at_ + 7) / 8; }

 private:
  ByteView bytes_;
  std::size_t at_ = 0;
};

// A number in 0..most, where that is 2 or more, the lower ones in one bit less
// as far as there are values to spare.
unsigned take_share(Forward& bits, unsigned most) noexcept {
  const auto wide = static_cast<unsigned>(std::bit_width(most | 2U));
  const unsigned half = 1U << (wide - 1);
  const unsigned spare = half * 2 - 1 - most;
  const unsigned value = bits.peek();
  if ((value & (half - 1)) < spare) {
    bits.drop(wide - 1);
    return value & (half - 1);
  }
  bits.drop(wide);
  const unsigned full = value & (half * 2 - 1);
  return full >= half ? full - spare : full;
}

// Symbols of which the description says that they have no share.
std::size_t take_zeros(Forward& bits, std::size_t most) noexcept {
  constexpr unsigned kMore = 3;
  std::size_t zeros = 0;
  while (zeros <= most) {
    const unsigned flag = bits.take(2);
    zeros += flag;
    if (flag != kMore) break;
  }
  return zeros;
}

// Marks with what symbol each state deals.
void spread(std::span<const std::int16_t> shares, std::size_t states,
            std::span<std::uint8_t> symbols) noexcept {
  std::size_t high = states;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (shares[i] < 0) symbols[--high] = static_cast<std::uint8_t>(i);
  }
  const std::size_t step = (states >> 1U) + (states >> 3U) + 3;
  std::size_t at = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    for (int n = 0; n < shares[i]; ++n) {
      symbols[at] = static_cast<std::uint8_t>(i);
      do {
        at = (at + step) & (states - 1);
      } while (at >= high && high != 0);
    }
  }
}

}  // namespace

std::optional<FseShares> fse_shares(ByteView bytes, std::size_t symbols,
                                    unsigned accuracy) noexcept {
  if (symbols > kFseSymbols || accuracy > kFseMostAccuracy) {
    return std::nullopt;
  }
  Forward bits(bytes);
  FseShares found;
  found.accuracy = bits.take(4) + kFseLeastAccuracy;
  if (found.accuracy > accuracy) return std::nullopt;
  unsigned left = 1U << found.accuracy;
  while (left > 0) {
    if (found.symbols == symbols) return std::nullopt;
    // 0 stands for less likely than 1, and 1 for never.
    const unsigned value = take_share(bits, left + 1);
    found.share.at(found.symbols++) =
        static_cast<std::int16_t>(static_cast<int>(value) - 1);
    left -= value == 0 ? 1 : value - 1;
    if (value != 1) continue;
    const std::size_t zeros = take_zeros(bits, symbols);
    if (zeros > symbols - found.symbols) return std::nullopt;
    for (std::size_t i = 0; i < zeros; ++i) found.share.at(found.symbols++) = 0;
  }
  found.size = bits.bytes();
  if (found.size > bytes.size()) return std::nullopt;
  return found;
}

bool fse_table(std::span<const std::int16_t> shares, unsigned accuracy,
               std::span<const FseEntry> meanings,
               std::span<FseEntry> table) noexcept {
  if (accuracy < kFseLeastAccuracy || accuracy > kFseMostAccuracy ||
      shares.size() > kFseSymbols || meanings.size() < shares.size()) {
    return false;
  }
  const std::size_t states = std::size_t{1} << accuracy;
  if (table.size() < states) return false;
  std::array<std::uint16_t, kFseSymbols> next{};
  std::size_t sum = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    next.at(i) = static_cast<std::uint16_t>(shares[i] < 0 ? 1 : shares[i]);
    sum += next.at(i);
  }
  if (sum != states) return false;
  std::array<std::uint8_t, std::size_t{1} << kFseMostAccuracy> symbols{};
  spread(shares, states, symbols);
  for (std::size_t i = 0; i < states; ++i) {
    const std::size_t symbol = symbols.at(i);
    const unsigned at = next.at(symbol)++;
    const unsigned bits =
        accuracy + 1 - static_cast<unsigned>(std::bit_width(at));
    const auto base = static_cast<FseEntry>((at << bits) - states);
    table[i] = meanings[symbol] | base << 16U | bits;
  }
  return true;
}

}  // namespace erofs::decompress
