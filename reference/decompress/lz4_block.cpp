// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/lz4_block.h"

#include <array>
#include <cstddef>
#include <cstring>

#include "decompress/library.h"

// NOLINTBEGIN(cppcoreguidelines-pro-bounds-pointer-arithmetic): an index for
// each access would halve the speed; every loop states the room that it needs.
namespace erofs::decompress {
namespace {

// A nibble of this value goes on in the bytes that follow.
constexpr std::size_t kNibbleMax = 15;
constexpr std::size_t kByteMax = 255;
constexpr std::size_t kShortestMatch = 4;
// A block ends with at least this many literals, and its last match starts
// so far before the end.
constexpr std::size_t kLastLiterals = 5;
constexpr std::size_t kMatchLimit = 12;
// Token, distance and last literals: what follows a match at the least.
constexpr std::size_t kAfterLiterals = 3 + kLastLiterals;
// Bytes that the short cuts copy at a time, whether or not all of them are
// wanted, and the room that makes that harmless: for 15 literals, a distance,
// 18 bytes of a match, and what a copy writes too much.
constexpr std::size_t kWord = 8;
constexpr std::size_t kWide = 16;
constexpr std::size_t kSpill = 2 * kWide;
constexpr std::size_t kSlack = 64;

inline void copy_word(std::uint8_t* to, const std::uint8_t* from) noexcept {
  std::memcpy(to, from, kWord);
}

inline void copy_wide(std::uint8_t* to, const std::uint8_t* from) noexcept {
  std::memcpy(to, from, kWide);
}

// A match of up to 18 bytes at a distance of at least a word.
inline void copy_short_match(std::uint8_t* to,
                             const std::uint8_t* from) noexcept {
  copy_word(to, from);
  copy_word(to + kWord, from + kWord);
  std::memcpy(to + kWide, from + kWide, 2);
}

// Where reading and writing stand. Handed on by value: behind a reference,
// each byte written could be one of it, and the loop would reload it.
struct Cursor {
  const std::uint8_t* in = nullptr;
  std::uint8_t* out = nullptr;  // null: this is no block that fits
};

// What does not move while a block is decoded.
struct Bounds {
  const std::uint8_t* in_end;
  const std::uint8_t* start;
  std::uint8_t* out_end;
};

constexpr Cursor kBad{};

std::size_t distance_between(const std::uint8_t* from,
                             const std::uint8_t* to) noexcept {
  return static_cast<std::size_t>(to - from);
}

// Adds the bytes in which a length goes on; where they run out, null.
const std::uint8_t* lengthen(const std::uint8_t* in, const std::uint8_t* end,
                             std::size_t& length) noexcept {
  for (std::size_t more = kByteMax; more == kByteMax; length += more) {
    if (in == end) return nullptr;
    more = *in++;
  }
  return in;
}

// Literals near an end, or many. Those that must be the last ones leave the
// input at its end.
Cursor careful_literals(Cursor at, const Bounds& bounds,
                        std::size_t length) noexcept {
  if (length == kNibbleMax) {
    at.in = lengthen(at.in, bounds.in_end, length);
    if (at.in == nullptr) return kBad;
  }
  const std::size_t left = distance_between(at.in, bounds.in_end);
  const std::size_t room = distance_between(at.out, bounds.out_end);
  const bool last =
      length + kAfterLiterals > left || length + kMatchLimit > room;
  if (last && (length != left || length > room)) return kBad;
  if (length != 0) std::memcpy(at.out, at.in, length);
  return {at.in + length, at.out + length};
}

// The least multiple of a short distance that a word may be copied from.
constexpr std::array<std::uint8_t, kWord> kWordStep{0, 8, 8, 9, 8, 10, 12, 14};

// Copies `length` bytes from `distance` bytes before; may write up to kSpill
// bytes behind them.
inline void copy_match(std::uint8_t* to, std::size_t distance,
                       std::size_t length) noexcept {
  std::uint8_t* const end = to + length;
  if (distance >= kWide) {
    const std::uint8_t* from = to - distance;
    do {
      copy_wide(to, from);
      copy_wide(to + kWide, from + kWide);
      to += kSpill;
      from += kSpill;
    } while (to < end);
    return;
  }
  if (distance < kWord) {
    for (std::size_t i = 0; i < kWord; ++i) to[i] = *(to + i - distance);
    to += kWord;
    distance = kWordStep[distance];
  }
  for (const std::uint8_t* from = to - distance; to < end;) {
    std::memcpy(to, from, kWord);
    to += kWord;
    from += kWord;
  }
}

// A match near the end, a long one, or one whose bytes repeat soon.
Cursor careful_match(Cursor at, const Bounds& bounds, std::size_t distance,
                     std::size_t length) noexcept {
  if (length == kNibbleMax) {
    at.in = lengthen(at.in, bounds.in_end, length);
    if (at.in == nullptr) return kBad;
  }
  length += kShortestMatch;
  const std::size_t room = distance_between(at.out, bounds.out_end);
  if (distance == 0 || length + kLastLiterals > room) return kBad;
  std::uint8_t* const end = at.out + length;
  if (room - length >= kSpill) {
    copy_match(at.out, distance, length);
  } else {
    for (; at.out < end; ++at.out) *at.out = *(at.out - distance);
  }
  return {at.in, end};
}

// Sequences while neither end is near and nothing is wrong. Stops in front of
// the first one that asks for care, and says nothing about it.
template <bool kAnyDistance>
Cursor easy_sequences(Cursor at, const Bounds& bounds,
                      std::size_t max_distance) noexcept {
  if (distance_between(at.in, bounds.in_end) < kSlack ||
      distance_between(at.out, bounds.out_end) < kSlack) {
    return at;
  }
  const std::uint8_t* const in_limit = bounds.in_end - kSlack;
  const std::uint8_t* const out_limit = bounds.out_end - kSlack;
  const std::uint8_t* const start = bounds.start;
  const std::uint8_t* in = at.in;
  std::uint8_t* out = at.out;
  while (in <= in_limit && out <= out_limit) {
    at = {in, out};
    const unsigned token = *in++;
    std::size_t literals = token >> 4U;
    if (literals != kNibbleMax) {
      copy_wide(out, in);
    } else {
      in = lengthen(in, bounds.in_end, literals);
      if (in == nullptr || in > in_limit ||
          literals > distance_between(in, in_limit) ||
          literals > distance_between(out, out_limit)) {
        return at;
      }
      std::size_t done = 0;
      do {
        copy_wide(out + done, in + done);
        copy_wide(out + done + kWide, in + done + kWide);
        done += kSpill;
      } while (done < literals);
    }
    in += literals;
    out += literals;
    std::uint16_t word = 0;
    std::memcpy(&word, in, sizeof(word));
    const std::size_t distance = word;
    in += 2;
    // A distance of zero is the farthest of all.
    if (distance - 1 >= distance_between(start, out) ||
        (!kAnyDistance && distance > max_distance)) {
      return at;
    }
    std::size_t length = token & kNibbleMax;
    if (length != kNibbleMax) {
      if (distance >= kWord) {
        copy_short_match(out, out - distance);
        out += length + kShortestMatch;
        continue;
      }
    } else {
      in = lengthen(in, bounds.in_end, length);
      if (in == nullptr || out > out_limit ||
          length > distance_between(out, out_limit)) {
        return at;
      }
    }
    copy_match(out, distance, length + kShortestMatch);
    out += length + kShortestMatch;
  }
  return {in, out};
}

}  // namespace

bool lz4_block(ByteView block, MutableBytes out,
               std::uint32_t max_distance) noexcept {
  Cursor at{input<std::uint8_t>(block), output<std::uint8_t>(out)};
  const Bounds bounds{at.in + block.size(), at.out, at.out + out.size()};
  at = max_distance >= 65535 ? easy_sequences<true>(at, bounds, max_distance)
                             : easy_sequences<false>(at, bounds, max_distance);
  while (at.in != bounds.in_end) {
    const std::size_t token = *at.in++;
    at = careful_literals(at, bounds, token / (kNibbleMax + 1));
    if (at.out == nullptr) return false;
    if (at.in == bounds.in_end) return at.out == bounds.out_end;
    // Literals that are not the last ones leave kAfterLiterals bytes.
    const std::size_t distance =
        at.in[0] + std::size_t{at.in[1]} * (kByteMax + 1);
    at.in += 2;
    if (distance > distance_between(bounds.start, at.out) ||
        distance > max_distance) {
      return false;
    }
    at = careful_match(at, bounds, distance, token % (kNibbleMax + 1));
    if (at.out == nullptr) return false;
  }
  return false;
}

}  // namespace erofs::decompress
// NOLINTEND(cppcoreguidelines-pro-bounds-pointer-arithmetic)
