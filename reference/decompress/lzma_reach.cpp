// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/lzma_reach.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace erofs::decompress {
namespace {

// How likely the next bit of a kind is to be 0, in 2048ths.
class Odds {
 public:
  [[nodiscard]] std::uint32_t value() const noexcept { return value_; }
  void saw(bool bit) noexcept {
    const std::uint32_t change = (bit ? value_ : kOne - value_) >> kSpeed;
    value_ =
        static_cast<std::uint16_t>(bit ? value_ - change : value_ + change);
  }

  static constexpr unsigned kBits = 11;

 private:
  static constexpr std::uint32_t kOne = 1U << kBits;
  static constexpr unsigned kSpeed = 5;
  std::uint16_t value_ = kOne / 2;
};

// The range decoder. Behind the end of its bytes it sees zeros.
class Bits {
 public:
  explicit Bits(std::span<const std::byte> bytes) noexcept : bytes_(bytes) {
    for (unsigned i = 0; i < sizeof(code_); ++i) shift();
  }

  bool bit(Odds& odds) noexcept {
    normalise();
    const std::uint32_t bound = (range_ >> Odds::kBits) * odds.value();
    const bool set = code_ >= bound;
    code_ -= set ? bound : 0;
    range_ = set ? range_ - bound : bound;
    odds.saw(set);
    return set;
  }

  // `count` bits of which both values are equally likely.
  std::uint32_t direct(unsigned count) noexcept {
    std::uint32_t value = 0;
    for (unsigned i = 0; i < count; ++i) {
      normalise();
      range_ >>= 1U;
      const bool set = code_ >= range_;
      code_ -= set ? range_ : 0;
      value = value << 1U | (set ? 1U : 0U);
    }
    return value;
  }

  // A number of `count` bits, the highest one first; `odds` has 2^count.
  std::uint32_t tree(std::span<Odds> odds, unsigned count) noexcept {
    std::size_t node = 1;
    for (unsigned i = 0; i < count; ++i) {
      node = node << 1U | (bit(odds[node]) ? 1U : 0U);
    }
    return static_cast<std::uint32_t>(node - (std::size_t{1} << count));
  }

  // The same, the lowest bit first.
  std::uint32_t reversed(std::span<Odds> odds, unsigned count) noexcept {
    std::size_t node = 1;
    std::uint32_t value = 0;
    for (unsigned i = 0; i < count; ++i) {
      const bool set = bit(odds[node]);
      node = node << 1U | (set ? 1U : 0U);
      value |= (set ? 1U : 0U) << i;
    }
    return value;
  }

 private:
  void normalise() noexcept {
    constexpr std::uint32_t kLeast = std::uint32_t{1} << 24;
    if (range_ >= kLeast) return;
    range_ <<= 8U;
    shift();
  }
  void shift() noexcept {
    code_ <<= 8U;
    if (bytes_.empty()) return;
    code_ |= std::to_integer<std::uint32_t>(bytes_.front());
    bytes_ = bytes_.subspan(1);
  }

  std::span<const std::byte> bytes_;
  std::uint32_t range_ = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t code_ = 0;
};

constexpr std::size_t kStates = 12;
constexpr std::size_t kPositions = 16;
constexpr unsigned kFirstAfterMatch = 7;  // states below: after a literal

// Lengths of matches, less the 2 that all have.
struct Lengths {
  Odds longer;
  Odds longest;
  std::array<std::array<Odds, 8>, kPositions> low{};
  std::array<std::array<Odds, 8>, kPositions> middle{};
  std::array<Odds, 256> high{};

  std::uint32_t next(Bits& bits, std::size_t position) noexcept {
    if (!bits.bit(longer)) return bits.tree(low[position], 3);
    if (!bits.bit(longest)) return 8 + bits.tree(middle[position], 3);
    return 16 + bits.tree(high, 8);
  }
};

// Follows a stream through what it decodes to.
class Follower {
 public:
  Follower(std::uint8_t properties, std::span<const std::byte> coded,
           std::span<const std::byte> out)
      : literal_bits_(properties % 9U),
        literal_positions_(properties / 9U % 5U),
        positions_(properties / 45U),
        bits_(coded),
        out_(out),
        literals_(kPerLiteral << (literal_bits_ + literal_positions_)) {}

  std::uint64_t reach() noexcept {
    while (at_ < out_.size() && good_) {
      const std::size_t position = low_bits(at_, positions_);
      if (!bits_.bit(match_[state_][position])) {
        literal();
      } else if (bits_.bit(repeat_[state_])) {
        again(position);
      } else {
        match(position);
      }
    }
    return reach_;
  }

 private:
  static constexpr std::size_t kPerLiteral = 0x300;

  static std::size_t low_bits(std::size_t number, unsigned count) noexcept {
    return number & ((std::size_t{1} << count) - 1);
  }
  [[nodiscard]] unsigned byte(std::size_t at) const noexcept {
    return std::to_integer<unsigned>(out_[at]);
  }
  [[nodiscard]] unsigned after(unsigned literal,
                               unsigned other) const noexcept {
    return state_ < kFirstAfterMatch ? literal : other;
  }

  void literal() noexcept {
    const unsigned before = at_ == 0 ? 0 : byte(at_ - 1);
    const std::size_t which = low_bits(at_, literal_positions_)
                                  << literal_bits_ |
                              before >> (8U - literal_bits_);
    const std::span<Odds> odds =
        std::span(literals_).subspan(which * kPerLiteral, kPerLiteral);
    std::size_t node = 1;
    if (state_ >= kFirstAfterMatch) node = against_match(odds);
    while (node < 256) node = node << 1U | (bits_.bit(odds[node]) ? 1U : 0U);
    constexpr unsigned kMatches = 10;
    state_ -= std::min(state_, state_ < kMatches ? 3U : 6U);
    ++at_;
  }

  // The first bits of a literal, coded by those of the byte that the last
  // match would have had here, as long as they are the same.
  std::size_t against_match(std::span<Odds> odds) noexcept {
    const unsigned other = byte(at_ - distances_[0]);
    std::size_t node = 1;
    for (unsigned left = 8; left-- > 0;) {
      const unsigned expected = other >> left & 1U;
      const bool set = bits_.bit(odds[256 + (expected << 8U) + node]);
      node = node << 1U | (set ? 1U : 0U);
      if (set != (expected != 0)) break;
    }
    return node;
  }

  void again(std::size_t position) noexcept {
    if (!bits_.bit(repeat_0_[state_])) {
      if (!bits_.bit(repeat_0_long_[state_][position])) {
        state_ = after(9, 11);
        return copy(1);
      }
    } else {
      std::size_t which = 1;
      if (bits_.bit(repeat_1_[state_])) {
        which = bits_.bit(repeat_2_[state_]) ? 3 : 2;
      }
      for (; which > 0; --which) {
        std::swap(distances_[which], distances_[which - 1]);
      }
    }
    const std::uint32_t length = repeat_lengths_.next(bits_, position);
    state_ = after(8, 11);
    copy(length + 2);
  }

  void match(std::size_t position) noexcept {
    const std::uint32_t length = lengths_.next(bits_, position);
    std::move_backward(distances_.begin(), distances_.end() - 1,
                       distances_.end());
    distances_[0] = std::uint64_t{1} + distance(std::min(length, 3U));
    state_ = after(7, 10);
    copy(length + 2);
  }

  // A distance, less one.
  std::uint32_t distance(std::size_t kind) noexcept {
    constexpr unsigned kAlignBits = 4;
    constexpr std::uint32_t kFirstWide = 14;
    const std::uint32_t slot = bits_.tree(slots_[kind], 6);
    if (slot < 4) return slot;
    const unsigned count = (slot >> 1U) - 1;
    const std::uint32_t base = (2U | (slot & 1U)) << count;
    if (slot < kFirstWide) return base + bits_.reversed(narrow_[slot], count);
    const std::uint32_t high = bits_.direct(count - kAlignBits) << kAlignBits;
    return base + high + bits_.reversed(align_, kAlignBits);
  }

  void copy(std::uint32_t length) noexcept {
    reach_ = std::max(reach_, distances_[0]);
    good_ = distances_[0] <= at_;
    at_ += length;
  }

  unsigned literal_bits_;       // of the byte before a literal
  unsigned literal_positions_;  // bits of where it stands
  unsigned positions_;          // bits of where a match stands
  Bits bits_;
  std::span<const std::byte> out_;
  std::size_t at_ = 0;
  unsigned state_ = 0;  // what the last few steps were
  bool good_ = true;    // false: the stream is none, or is at an end mark
  std::uint64_t reach_ = 0;
  std::array<std::uint64_t, 4> distances_{1, 1, 1, 1};  // the last ones

  std::vector<Odds> literals_;
  std::array<std::array<Odds, kPositions>, kStates> match_{};
  std::array<Odds, kStates> repeat_{};
  std::array<Odds, kStates> repeat_0_{};
  std::array<std::array<Odds, kPositions>, kStates> repeat_0_long_{};
  std::array<Odds, kStates> repeat_1_{};
  std::array<Odds, kStates> repeat_2_{};
  Lengths lengths_;
  Lengths repeat_lengths_;
  std::array<std::array<Odds, 64>, 4> slots_{};
  std::array<std::array<Odds, 32>, 14> narrow_{};
  std::array<Odds, 16> align_{};
};

}  // namespace

std::uint64_t lzma_reach(ByteView stream, ByteView out) {
  constexpr unsigned kProperties = 9 * 5 * 5;
  constexpr unsigned kContextBits = 4;
  if (stream.empty()) return 0;
  const auto properties = std::to_integer<std::uint8_t>(~stream.span().front());
  if (properties >= kProperties ||
      properties % 9U + properties / 9U % 5U > kContextBits) {
    return 0;
  }
  return Follower(properties, stream.span().subspan(1), out.span()).reach();
}

}  // namespace erofs::decompress
