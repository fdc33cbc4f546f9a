// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/zstd_huffman.h"

#include <algorithm>
#include <bit>
#include <span>

#include "decompress/fse_table.h"
#include "decompress/zstd_bits.h"

namespace erofs::decompress {
namespace {

constexpr std::size_t kMostWeights = 255;  // the last one is not written
constexpr unsigned kMostAccuracy = 6;
constexpr std::size_t kStates = std::size_t{1} << kMostAccuracy;
constexpr std::size_t kPlain = 128;  // from here on weights are not coded

// The weight of each symbol, but for that of the last one, which the others
// leave.
class Weights {
 public:
  // False: these are too many, or it is too high.
  [[nodiscard]] bool add(unsigned weight) noexcept {
    if (all_ == kMostWeights || weight > kZstdLongestCode) return false;
    weights_.at(all_++) = static_cast<std::uint8_t>(weight);
    return true;
  }

  // False: no complete tree has these.
  [[nodiscard]] bool fill(ZstdCodes& codes) noexcept {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < all_; ++i) {
      sum += std::size_t{1} << weights_.at(i) >> 1U;
    }
    if (sum == 0) return false;
    const auto bits = static_cast<unsigned>(std::bit_width(sum));
    const std::size_t rest = (std::size_t{1} << bits) - sum;
    if (bits > kZstdLongestCode || !std::has_single_bit(rest)) return false;
    weights_.at(all_++) = static_cast<std::uint8_t>(std::bit_width(rest));
    codes.bits = bits;
    return spread(codes);
  }

 private:
  // False: there are not two codes of the greatest length.
  [[nodiscard]] bool spread(ZstdCodes& codes) const noexcept {
    std::array<std::size_t, kZstdLongestCode + 1> counts{};
    for (std::size_t i = 0; i < all_; ++i) ++counts.at(weights_.at(i));
    if (counts[1] < 2) return false;
    std::array<std::size_t, kZstdLongestCode + 1> next{};
    std::size_t end = 0;
    for (std::size_t weight = 1; weight < counts.size(); ++weight) {
      next.at(weight) = end;
      end += counts.at(weight) << (weight - 1);
    }
    const std::span<std::uint16_t> entries(codes.entries);
    for (std::size_t i = 0; i < all_; ++i) {
      const std::size_t weight = weights_.at(i);
      if (weight == 0) continue;
      const std::size_t states = std::size_t{1} << (weight - 1);
      const auto now = entries.subspan(next.at(weight), states);
      std::fill(
          now.begin(), now.end(),
          static_cast<std::uint16_t>(i << 8U | (codes.bits + 1 - weight)));
      next.at(weight) += states;
    }
    return true;
  }

  std::array<std::uint8_t, kMostWeights + 1> weights_{};
  std::size_t all_ = 0;
};

// Weights are the symbols themselves.
constexpr auto kMeanings = [] {
  std::array<FseEntry, kFseSymbols> meanings{};
  FseEntry symbol = 0;
  for (FseEntry& meaning : meanings) meaning = symbol++ << 8U;
  return meanings;
}();

// Weights that two states make in turn, until the bits for another step of
// one of them are not there.
bool coded(ByteView bytes, Weights& weights) noexcept {
  const auto found = fse_shares(bytes, kFseSymbols, kMostAccuracy);
  if (!found) return false;
  std::array<FseEntry, kStates> table{};
  if (!fse_table(std::span(found->share).first(found->symbols), found->accuracy,
                 kMeanings, table)) {
    return false;
  }
  ZstdBits bits;
  if (!bits.start(bytes.from(found->size).value_or(ByteView()))) return false;
  std::array<std::size_t, 2> states{};
  for (std::size_t& state : states) {
    state = ZstdBits::top(bits.peek(), found->accuracy);
    if (!bits.drop(found->accuracy)) return false;
  }
  const auto symbol = [&](std::size_t state) noexcept {
    return table.at(state) >> 8U & 255U;
  };
  for (std::size_t turn = 0;; turn = 1 - turn) {
    const FseEntry entry = table.at(states.at(turn));
    if (!weights.add(symbol(states.at(turn)))) return false;
    const std::uint64_t peeked = bits.peek();
    if (!bits.drop(fse_bits(entry))) {
      return weights.add(symbol(states.at(1 - turn)));
    }
    states.at(turn) = fse_next(entry) + ZstdBits::top(peeked, fse_bits(entry));
  }
}

bool plain(ByteView bytes, std::size_t count, Weights& weights) noexcept {
  for (std::size_t i = 0; i < count; ++i) {
    const auto pair = std::to_integer<unsigned>(bytes.span()[i / 2]);
    if (!weights.add(i % 2 == 0 ? pair >> 4U : pair & 15U)) return false;
  }
  return true;
}

}  // namespace

std::optional<std::size_t> zstd_tree(ByteView bytes,
                                     ZstdCodes& codes) noexcept {
  codes.bits = 0;
  if (bytes.empty()) return std::nullopt;
  const auto head = std::to_integer<std::size_t>(bytes.span().front());
  const std::size_t count = head < kPlain ? 0 : head - kPlain + 1;
  const std::size_t size = head < kPlain ? head : (count + 1) / 2;
  const auto body = bytes.slice(1, size);
  if (!body) return std::nullopt;
  Weights weights;
  const bool read =
      head < kPlain ? coded(*body, weights) : plain(*body, count, weights);
  if (!read || !weights.fill(codes)) {
    codes.bits = 0;
    return std::nullopt;
  }
  return size + 1;
}

}  // namespace erofs::decompress
