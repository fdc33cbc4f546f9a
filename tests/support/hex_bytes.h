// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TESTS_SUPPORT_HEX_BYTES_H_
#define EROFS_TESTS_SUPPORT_HEX_BYTES_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace erofs::test {

// "01 ff", as dumps of the specification have it.
inline std::string hex_of(std::span<const std::byte> bytes) {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string out;
  for (const std::byte each : bytes) {
    const auto value = std::to_integer<unsigned>(each);
    if (!out.empty()) out += ' ';
    out += kDigits[value >> 4];
    out += kDigits[value & 15];
  }
  return out;
}

}  // namespace erofs::test

#endif  // EROFS_TESTS_SUPPORT_HEX_BYTES_H_
