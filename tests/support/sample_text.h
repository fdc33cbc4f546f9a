// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TESTS_SUPPORT_SAMPLE_TEXT_H_
#define EROFS_TESTS_SUPPORT_SAMPLE_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace erofs::test {

// Lines that compress to a third or so, the same for the same seed.
inline std::vector<std::byte> sample_text(std::size_t size,
                                          std::uint32_t seed = 1) {
  std::vector<std::byte> out;
  out.reserve(size + 64);
  std::uint32_t state = seed;
  while (out.size() < size) {
    state = state * 1664525U + 1013904223U;
    const std::string line =
        "line " + std::to_string(state >> 12) + " of the sample text\n";
    for (const char each : line) out.push_back(static_cast<std::byte>(each));
  }
  out.resize(size);
  return out;
}

// Bytes that nothing compresses.
inline std::vector<std::byte> sample_noise(std::size_t size,
                                           std::uint64_t seed = 1) {
  std::vector<std::byte> out(size);
  std::uint64_t state = seed * 0x9E3779B97F4A7C15U + 1;
  for (std::byte& each : out) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    each = static_cast<std::byte>(state >> 24);
  }
  return out;
}

}  // namespace erofs::test

#endif  // EROFS_TESTS_SUPPORT_SAMPLE_TEXT_H_
