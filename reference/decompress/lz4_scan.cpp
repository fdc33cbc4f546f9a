// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/lz4_scan.h"

#include <limits>

namespace erofs::decompress {
namespace {

// A nibble of this value goes on in the bytes that follow.
constexpr unsigned kNibbleMax = 15;
constexpr std::uint8_t kByteMax = std::numeric_limits<std::uint8_t>::max();
constexpr std::uint64_t kShortestMatch = 4;

}  // namespace

std::optional<std::uint8_t> Lz4Scan::byte() noexcept {
  const auto found = block_.fixed<1>(at_);
  if (!found) {
    ran_out_ = true;
    return std::nullopt;
  }
  ++at_;
  return std::to_integer<std::uint8_t>((*found)[0]);
}

std::optional<std::uint64_t> Lz4Scan::length(unsigned nibble) noexcept {
  std::uint64_t sum = nibble;
  if (nibble != kNibbleMax) return sum;
  while (true) {
    const auto more = byte();
    if (!more) return std::nullopt;
    sum += *more;
    if (*more != kByteMax) return sum;
  }
}

std::optional<Lz4Sequence> Lz4Scan::next() noexcept {
  const auto token = byte();
  if (!token) return std::nullopt;
  const auto literals = length(*token >> 4U);
  if (!literals) return std::nullopt;
  if (*literals > block_.size() - at_) {
    ran_out_ = true;
    return std::nullopt;
  }
  at_ += *literals;
  Lz4Sequence sequence;
  sequence.literals = *literals;
  if (at_ == block_.size()) return sequence;
  stray_literals_ = *literals;
  const auto low = byte();
  const auto high = byte();
  if (!low || !high) return std::nullopt;
  sequence.distance = static_cast<std::uint32_t>(*high << 8U | *low);
  if (sequence.distance == 0) return std::nullopt;
  const auto match = length(*token & kNibbleMax);
  if (!match) return std::nullopt;
  sequence.match = *match + kShortestMatch;
  stray_literals_ = 0;
  return sequence;
}

Outcome lz4_failure(ByteView block, std::uint64_t size) noexcept {
  Lz4Scan scan(block);
  std::uint64_t decoded = 0;
  bool literals_end_there = false;
  while (const auto sequence = scan.next()) {
    decoded += sequence->literals;
    if (sequence->match == 0) {
      if (decoded < size) return Outcome::kShort;
      // The right length, but an end that the library does not take.
      return decoded > size ? Outcome::kLong : Outcome::kCorrupt;
    }
    if (decoded == size) literals_end_there = true;
    if (sequence->distance > decoded) break;
    decoded += sequence->match;
    // The right length, but a block ends with literals.
    if (decoded == size && scan.at_end()) return Outcome::kCorrupt;
  }
  decoded += scan.stray_literals();
  if (literals_end_there || decoded == size) return Outcome::kTrailing;
  if (decoded > size) return Outcome::kLong;
  return scan.ran_out() ? Outcome::kShort : Outcome::kCorrupt;
}

Outcome lz4_distances(ByteView block, std::uint64_t size,
                      std::uint32_t most) noexcept {
  Lz4Scan scan(block);
  std::uint64_t decoded = 0;
  while (const auto sequence = scan.next()) {
    decoded += sequence->literals;
    if (decoded >= size) return Outcome::kDone;
    if (sequence->match == 0) return Outcome::kShort;
    if (sequence->distance > decoded) return Outcome::kCorrupt;
    if (sequence->distance > most) return Outcome::kWindow;
    decoded += sequence->match;
    if (decoded >= size) return Outcome::kDone;
  }
  if (decoded + scan.stray_literals() >= size) return Outcome::kDone;
  return scan.ran_out() ? Outcome::kShort : Outcome::kCorrupt;
}

}  // namespace erofs::decompress
