// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/zstd_frame.h"

#include <zstd.h>

#include <algorithm>
#include <array>

namespace erofs::decompress {
namespace {

// Reads little-endian numbers one after the other.
class Reader {
 public:
  explicit Reader(ByteView bytes) noexcept : bytes_(bytes) {}

  std::optional<std::uint64_t> number(unsigned size) noexcept {
    const auto found = bytes_.slice(at_, size);
    if (!found) return std::nullopt;
    at_ += size;
    std::uint64_t value = 0;
    unsigned shift = 0;
    for (const std::byte byte : found->span()) {
      value |= std::to_integer<std::uint64_t>(byte) << shift;
      shift += 8;
    }
    return value;
  }

  [[nodiscard]] std::uint64_t position() const noexcept { return at_; }

 private:
  ByteView bytes_;
  std::uint64_t at_ = 0;
};

// The frame header descriptor, one byte.
struct Descriptor {
  unsigned content_code;
  bool single_segment;
  bool reserved;
  bool checksum;
  unsigned dictionary_code;
};

Descriptor descriptor(unsigned byte) noexcept {
  return {byte >> 6U & 3U, (byte >> 5U & 1U) != 0, (byte >> 3U & 1U) != 0,
          (byte >> 2U & 1U) != 0, byte & 3U};
}

// Bytes of the dictionary id and of the content size, by their codes.
constexpr std::array<unsigned, 4> kDictionarySize{0, 1, 2, 4};
constexpr std::array<unsigned, 4> kContentSize{0, 2, 4, 8};
// Two bytes count from here on, one byte has the rest.
constexpr std::uint64_t kTwoByteBase = 256;
constexpr unsigned kWindowBitsBase = 10;

std::uint64_t window_size(unsigned byte) noexcept {
  const std::uint64_t base = std::uint64_t{1}
                             << (kWindowBitsBase + (byte >> 3U));
  return base + base / 8 * (byte & 7U);
}

ZstdFrame fails(Outcome outcome) noexcept {
  ZstdFrame frame;
  frame.outcome = outcome;
  return frame;
}

}  // namespace

ZstdFrame zstd_frame(ByteView stream) noexcept {
  Reader reader(stream);
  const auto magic = reader.number(4);
  if (!magic) return fails(Outcome::kShort);
  if ((*magic & ZSTD_MAGIC_SKIPPABLE_MASK) == ZSTD_MAGIC_SKIPPABLE_START) {
    return fails(Outcome::kFrame);
  }
  if (*magic != ZSTD_MAGICNUMBER) return fails(Outcome::kCorrupt);
  const auto byte = reader.number(1);
  if (!byte) return fails(Outcome::kShort);
  const Descriptor parts = descriptor(static_cast<unsigned>(*byte));
  if (parts.reserved) return fails(Outcome::kCorrupt);

  ZstdFrame frame;
  frame.checksum = parts.checksum;
  if (!parts.single_segment) {
    const auto window = reader.number(1);
    if (!window) return fails(Outcome::kShort);
    frame.window = window_size(static_cast<unsigned>(*window));
  }
  const auto dictionary =
      reader.number(kDictionarySize.at(parts.dictionary_code));
  if (!dictionary) return fails(Outcome::kShort);
  frame.dictionary = static_cast<std::uint32_t>(*dictionary);
  unsigned size = kContentSize.at(parts.content_code);
  if (size == 0 && parts.single_segment) size = 1;
  const auto content = reader.number(size);
  if (!content) return fails(Outcome::kShort);
  if (size != 0) frame.content = *content + (size == 2 ? kTwoByteBase : 0);
  // All of it is in reach then.
  if (parts.single_segment) frame.window = frame.content.value_or(0);
  frame.block_max = std::min<std::uint64_t>(frame.window, ZSTD_BLOCKSIZE_MAX);
  frame.header = reader.position();
  return frame;
}

}  // namespace erofs::decompress
