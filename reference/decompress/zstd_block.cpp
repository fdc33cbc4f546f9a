// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/zstd_block.h"

#include <array>
#include <cstddef>
#include <optional>

namespace erofs::decompress {
namespace {

constexpr std::size_t kHeader = 3;  // bytes before a block
enum Type : std::uint64_t { kRaw, kRun, kCompressed };

// `size` bytes at `at`, a little-endian number.
std::optional<std::uint64_t> number(ByteView bytes, std::uint64_t at,
                                    std::size_t size) noexcept {
  const auto found = bytes.slice(at, size);
  if (!found) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = size; i-- > 0;) {
    value = value << 8U | std::to_integer<std::uint64_t>(found->span()[i]);
  }
  return value;
}

struct Literals {
  std::uint64_t decoded;
  std::uint64_t end;  // of the section
};

// The literals section of a compressed block.
std::optional<Literals> literals(ByteView block) noexcept {
  const auto first = number(block, 0, 1);
  if (!first) return std::nullopt;
  const std::uint64_t type = *first & 3U;
  const std::size_t form = *first >> 2U & 3U;
  if (type == kRaw || type == kRun) {
    constexpr std::array<std::size_t, 4> kBytes{1, 2, 1, 3};
    const auto head = number(block, 0, kBytes.at(form));
    if (!head) return std::nullopt;
    const std::uint64_t size = *head >> (form % 2 == 0 ? 3U : 4U);
    return Literals{size, kBytes.at(form) + (type == kRaw ? size : 1)};
  }
  constexpr std::array<std::size_t, 4> kBytes{3, 3, 4, 5};
  constexpr std::array<unsigned, 4> kBits{10, 10, 14, 18};
  const auto head = number(block, 0, kBytes.at(form));
  if (!head) return std::nullopt;
  const unsigned bits = kBits.at(form);
  const std::uint64_t sizes = *head >> 4U;
  return Literals{sizes & ((std::uint64_t{1} << bits) - 1),
                  kBytes.at(form) + (sizes >> bits)};
}

// Whether the head of the sequences section is as it must be. What is cut
// off every library refuses.
bool sequences(ByteView block, std::uint64_t at) noexcept {
  constexpr std::uint64_t kLong = 0x80;
  constexpr std::uint64_t kLongest = 0xFF;
  const auto first = number(block, at, 1);
  if (!first || *first == 0) return true;
  std::uint64_t count_bytes = 1;
  if (*first >= kLong) {
    count_bytes = *first == kLongest ? 3 : 2;
    if (*first == kLong && number(block, at + 1, 1) == 0U) return false;
  }
  const auto modes = number(block, at + count_bytes, 1);
  return !modes || (*modes & 3U) == 0;
}

bool compressed(ByteView block, std::uint64_t most) noexcept {
  const auto found = literals(block);
  if (!found) return true;
  return found->decoded <= most && sequences(block, found->end);
}

}  // namespace

bool zstd_blocks(ByteView blocks, std::uint64_t most) noexcept {
  while (const auto head = number(blocks, 0, kHeader)) {
    const bool last = (*head & 1U) != 0;
    const std::uint64_t type = *head >> 1U & 3U;
    const std::uint64_t size = *head >> 3U;
    const auto body = blocks.slice(kHeader, type == kRun ? 1 : size);
    if (!body) break;
    if (size > most) return false;
    if (type == kCompressed && !compressed(*body, most)) return false;
    if (last) break;
    blocks = blocks.from(kHeader + body->size()).value_or(ByteView());
  }
  return true;
}

}  // namespace erofs::decompress
