// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "base/crc32c.h"

#include <array>
#include <cstddef>

namespace erofs {
namespace {

constexpr std::uint32_t kPolynomial = 0x82F63B78;
constexpr std::size_t kSlices = 8;

using Table = std::array<std::uint32_t, 256>;

// tables[k][b]: what byte b does to the state, with k zero bytes behind it.
constexpr std::array<Table, kSlices> make_tables() {
  std::array<Table, kSlices> tables{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t state = byte;
    for (int bit = 0; bit < 8; ++bit) {
      state = (state >> 1) ^ ((state & 1) != 0 ? kPolynomial : 0);
    }
    tables[0][byte] = state;
  }
  for (std::size_t slice = 1; slice < kSlices; ++slice) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t before = tables[slice - 1][byte];
      tables[slice][byte] = (before >> 8) ^ tables[0][before & 0xFF];
    }
  }
  return tables;
}

constexpr std::array<Table, kSlices> kTables = make_tables();

std::uint32_t step(std::uint32_t state, std::byte byte) noexcept {
  const std::uint32_t index =
      (state ^ std::to_integer<std::uint32_t>(byte)) & 0xFF;
  return (state >> 8) ^ kTables[0][index];
}

// Eight bytes at once: the state goes into the first four.
std::uint32_t step8(std::uint32_t state,
                    std::span<const std::byte, kSlices> bytes) noexcept {
  std::uint32_t next = 0;
  for (std::size_t i = 0; i < kSlices; ++i) {
    auto index = std::to_integer<std::uint32_t>(bytes[i]);
    if (i < sizeof(state)) index ^= (state >> (8 * i)) & 0xFF;
    next ^= kTables[kSlices - 1 - i][index];
  }
  return next;
}

}  // namespace

std::uint32_t crc32c(std::uint32_t state, ByteView bytes) noexcept {
  std::span<const std::byte> rest = bytes.span();
  while (rest.size() >= kSlices) {
    state = step8(state, rest.first<kSlices>());
    rest = rest.subspan(kSlices);
  }
  for (const std::byte byte : rest) state = step(state, byte);
  return state;
}

}  // namespace erofs
