// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/zstd_literals.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "decompress/zstd_bits.h"

namespace erofs::decompress {
namespace {

enum Type : unsigned { kRaw, kRun, kCoded, kTreeless };

// The head of the section.
struct Head {
  unsigned type = kRaw;
  bool four = false;          // streams, else one
  std::uint64_t size = 0;     // of itself
  std::uint64_t decoded = 0;  // literals
  std::uint64_t stored = 0;   // bytes behind it
};

// Sizes of the head by its form.
constexpr std::array<std::uint64_t, 4> kShortHeads{1, 2, 1, 3};
constexpr std::array<std::uint64_t, 4> kLongHeads{3, 3, 4, 5};
constexpr std::array<unsigned, 4> kSizeBits{10, 10, 14, 18};

std::optional<Head> read_head(ByteView block) noexcept {
  if (block.empty()) return std::nullopt;
  const auto first = std::to_integer<unsigned>(block.span().front());
  Head head;
  head.type = first & 3U;
  const std::size_t form = first >> 2U & 3U;
  const bool plain = head.type == kRaw || head.type == kRun;
  head.size = (plain ? kShortHeads : kLongHeads).at(form);
  const auto bytes = block.slice(0, head.size);
  if (!bytes) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = bytes->size(); i-- > 0;) {
    value = value << 8U | std::to_integer<std::uint64_t>(bytes->span()[i]);
  }
  if (plain) {
    head.decoded = value >> (form % 2 == 0 ? 3U : 4U);
    head.stored = head.type == kRaw ? head.decoded : 1;
    return head;
  }
  head.four = form != 0;
  const unsigned bits = kSizeBits.at(form);
  head.decoded = value >> 4U & ((std::uint64_t{1} << bits) - 1);
  head.stored = value >> (4U + bits);
  return head;
}

// Symbols that fit what one peek gives.
constexpr std::size_t kAtOnce = kZstdPeek / kZstdLongestCode;

// One stream, and the room for what it stands for.
class Stream {
 public:
  [[nodiscard]] bool start(ByteView bytes, std::span<std::byte> room) noexcept {
    room_ = room;
    return bits_.start(bytes);
  }

  [[nodiscard]] std::size_t rounds() const noexcept {
    return room_.size() / kAtOnce;
  }

  // As many as one peek is good for. False: they are not there.
  [[nodiscard]] bool take(const ZstdCodes& codes) noexcept {
    return take(codes, room_.first<kAtOnce>());
  }

  // False: they are not there, or do not use the stream up.
  [[nodiscard]] bool take_rest(const ZstdCodes& codes) noexcept {
    while (room_.size() > kAtOnce) {
      if (!take(codes)) return false;
    }
    return take(codes, room_) && bits_.empty();
  }

 private:
  template <std::size_t kSize>
  [[nodiscard]] bool take(const ZstdCodes& codes,
                          std::span<std::byte, kSize> now) noexcept {
    std::uint64_t peeked = bits_.peek();
    unsigned taken = 0;
    for (std::byte& symbol : now) {
      const unsigned entry = codes.entries[peeked >> (64 - codes.bits)];
      const unsigned length = entry & 255U;
      symbol = static_cast<std::byte>(entry >> 8U);
      peeked <<= length;
      taken += length;
    }
    room_ = room_.subspan(now.size());
    return bits_.drop(taken);
  }

  ZstdBits bits_;
  std::span<std::byte> room_;
};

// Four streams, the last one of which has no more symbols than the others.
bool walk_four(const std::array<ByteView, 4>& bytes, const ZstdCodes& codes,
               std::span<std::byte> room) noexcept {
  const std::size_t each = (room.size() + 3) / 4;
  if (room.size() < 3 * each) return false;
  Stream a;
  Stream b;
  Stream c;
  Stream d;
  if (!a.start(bytes[0], room.first(each)) ||
      !b.start(bytes[1], room.subspan(each, each)) ||
      !c.start(bytes[2], room.subspan(2 * each, each)) ||
      !d.start(bytes[3], room.subspan(3 * each))) {
    return false;
  }
  // In step, because none waits for what another has looked up.
  for (std::size_t i = d.rounds(); i > 0; --i) {
    const bool first = a.take(codes);
    const bool second = b.take(codes);
    const bool third = c.take(codes);
    const bool fourth = d.take(codes);
    if (!first || !second || !third || !fourth) return false;
  }
  return a.take_rest(codes) && b.take_rest(codes) && c.take_rest(codes) &&
         d.take_rest(codes);
}

// The streams that a table of the first three sizes divides.
std::optional<std::array<ByteView, 4>> divide(ByteView bytes) noexcept {
  constexpr std::uint64_t kTable = 6;
  const auto table = bytes.fixed<kTable>(0);
  if (!table) return std::nullopt;
  std::array<ByteView, 4> streams;
  ByteView rest = bytes.from(kTable).value_or(ByteView());
  for (std::size_t i = 0; i < 3; ++i) {
    const std::uint64_t size =
        std::to_integer<std::uint64_t>((*table)[2 * i]) |
        std::to_integer<std::uint64_t>((*table)[2 * i + 1]) << 8U;
    const auto stream = rest.slice(0, size);
    if (!stream) return std::nullopt;
    streams.at(i) = *stream;
    rest = rest.from(size).value_or(ByteView());
  }
  streams[3] = rest;
  return streams;
}

}  // namespace

bool ZstdLiterals::streams(ByteView bytes, std::uint64_t count,
                           bool four) noexcept {
  const std::span<std::byte> room = std::span(room_).first(count);
  if (!four) {
    Stream stream;
    return stream.start(bytes, room) && stream.take_rest(codes_);
  }
  const auto divided = divide(bytes);
  return divided && walk_four(*divided, codes_, room);
}

std::optional<ZstdLiterals::Section> ZstdLiterals::read(
    ByteView block, std::uint64_t most) noexcept {
  const auto head = read_head(block);
  if (!head || head->decoded > most || head->decoded > kMost) {
    return std::nullopt;
  }
  const auto body = block.slice(head->size, head->stored);
  if (!body) return std::nullopt;
  Section section{ByteView(room_), head->decoded, head->size + head->stored};
  if (head->type == kRaw) {
    section.bytes = block.from(head->size).value_or(ByteView());
    return section;
  }
  if (head->type == kRun) {
    const std::byte byte = body->span().front();
    std::fill_n(room_.begin(), head->decoded, byte);
    return section;
  }
  std::uint64_t tree = 0;
  if (head->type == kCoded) {
    const auto size = zstd_tree(*body, codes_);
    if (!size) return std::nullopt;
    tree = *size;
  }
  if (codes_.bits == 0) return std::nullopt;
  const auto rest = body->from(tree);
  if (!rest || !streams(*rest, head->decoded, head->four)) return std::nullopt;
  return section;
}

}  // namespace erofs::decompress
