// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/lz4_block.h"

#include <cstddef>
#include <cstring>

#include "decompress/library.h"

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
// Bytes that the short cuts copy, whether or not all of them are wanted, and
// the room that makes that harmless.
constexpr std::size_t kWide = 16;
constexpr std::size_t kInputSlack = 32;
constexpr std::size_t kOutputSlack = 64;
constexpr std::size_t kMatchSlack = 32;

void copy_wide(std::uint8_t* to, const std::uint8_t* from) noexcept {
  std::memcpy(to, from, kWide);
}

// A match of up to 18 bytes at a distance of at least 8.
void copy_short_match(std::uint8_t* to, const std::uint8_t* from) noexcept {
  constexpr std::size_t kHalf = kWide / 2;
  std::memcpy(to, from, kHalf);
  std::memcpy(to + kHalf, from + kHalf, kHalf);
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
  if (distance >= kWide && room - length >= kWide) {
    for (; at.out < end; at.out += kWide) {
      copy_wide(at.out, at.out - distance);
    }
  } else if (distance == 1) {
    std::memset(at.out, *(at.out - 1), length);
  } else {
    // What is repeated doubles with every copy.
    const std::uint8_t* const from = at.out - distance;
    while (distance_between(at.out, end) > distance) {
      std::memcpy(at.out, from, distance);
      at.out += distance;
      distance *= 2;
    }
    std::memcpy(at.out, from, distance_between(at.out, end));
  }
  return {at.in, end};
}

}  // namespace

bool lz4_block(ByteView block, MutableBytes out,
               std::uint32_t max_distance) noexcept {
  Cursor at{input<std::uint8_t>(block), output<std::uint8_t>(out)};
  const Bounds bounds{at.in + block.size(), at.out, at.out + out.size()};
  while (at.in != bounds.in_end) {
    const std::size_t token = *at.in++;
    const std::size_t literals = token / (kNibbleMax + 1);
    if (literals < kNibbleMax &&
        distance_between(at.in, bounds.in_end) >= kInputSlack &&
        distance_between(at.out, bounds.out_end) >= kOutputSlack) {
      copy_wide(at.out, at.in);
      at = {at.in + literals, at.out + literals};
    } else {
      at = careful_literals(at, bounds, literals);
      if (at.out == nullptr) return false;
      if (at.in == bounds.in_end) return at.out == bounds.out_end;
    }
    // Literals that are not the last ones leave kAfterLiterals bytes.
    const std::size_t distance =
        at.in[0] + std::size_t{at.in[1]} * (kByteMax + 1);
    at.in += 2;
    const std::size_t length = token % (kNibbleMax + 1);
    if (distance > distance_between(bounds.start, at.out) ||
        distance > max_distance) {
      return false;
    }
    if (length < kNibbleMax && distance >= kWide / 2 &&
        distance_between(at.out, bounds.out_end) >= kMatchSlack) {
      copy_short_match(at.out, at.out - distance);
      at.out += length + kShortestMatch;
    } else {
      at = careful_match(at, bounds, distance, length);
      if (at.out == nullptr) return false;
    }
  }
  return false;
}

}  // namespace erofs::decompress
