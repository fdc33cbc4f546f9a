// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_SUPPORT_HEX_H_
#define EROFS_SUPPORT_HEX_H_

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace erofs::test {

// A type of this namespace, so that `+` below is found.
struct Bytes : std::vector<std::byte> {
  using std::vector<std::byte>::vector;
};

inline std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  return std::nullopt;
}

// Bytes as a test spells them: pairs of lower-case hex digits. Blanks, line
// ends and '|' separate as one likes; anything else fails the test.
inline Bytes hex(std::string_view text) {
  Bytes bytes;
  std::optional<unsigned> high;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '|') continue;
    const auto digit = hex_digit(c);
    if (!digit) {
      ADD_FAILURE() << "not a hex digit: '" << c << "'";
      return {};
    }
    if (!high) {
      high = digit;
      continue;
    }
    bytes.push_back(static_cast<std::byte>(*high * 16 + *digit));
    high.reset();
  }
  EXPECT_FALSE(high.has_value()) << "odd number of hex digits: " << text;
  return bytes;
}

inline Bytes text_bytes(std::string_view text) {
  const auto bytes = ByteView::of_text(text).span();
  return {bytes.begin(), bytes.end()};
}

inline Bytes repeat(std::uint8_t value, std::size_t count) {
  return Bytes(count, static_cast<std::byte>(value));
}

inline Bytes operator+(Bytes left, const Bytes& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

// `bytes` with those of `patch` at `offset`.
inline Bytes patched(Bytes bytes, std::size_t offset, const Bytes& patch) {
  if (offset + patch.size() > bytes.size()) {
    ADD_FAILURE() << "a patch at " << offset << " passes the end";
    return bytes;
  }
  for (std::size_t i = 0; i < patch.size(); ++i) {
    bytes[offset + i] = patch[i];
  }
  return bytes;
}

// `bytes` must outlive what is returned; hence no temporaries.
inline ByteView view(const Bytes& bytes) { return ByteView(bytes); }
ByteView view(Bytes&&) = delete;

}  // namespace erofs::test

#endif  // EROFS_SUPPORT_HEX_H_
