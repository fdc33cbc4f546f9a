// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "base/escape.h"

#include <cstddef>
#include <cstdint>

namespace erofs {
namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";
constexpr std::string_view kBase64Digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool plain(unsigned char byte) noexcept {
  return byte >= 0x21 && byte <= 0x7e && byte != '%' && byte != '"' &&
         byte != '\\';
}

// Bytes 0 to 2 of `group`, the missing ones zero, as one 24-bit number.
std::uint32_t pack(std::string_view group) noexcept {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    bits <<= 8;
    if (i < group.size()) bits |= static_cast<unsigned char>(group[i]);
  }
  return bits;
}

}  // namespace

std::string escape(std::string_view raw) {
  std::string text;
  text.reserve(raw.size());
  for (const char c : raw) {
    const auto byte = static_cast<unsigned char>(c);
    if (plain(byte)) {
      text.push_back(c);
    } else {
      text.push_back('%');
      text.push_back(kHexDigits[byte >> 4]);
      text.push_back(kHexDigits[byte & 0xF]);
    }
  }
  return text;
}

std::string base64(std::string_view raw) {
  std::string text;
  text.reserve((raw.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < raw.size(); at += 3) {
    const std::string_view group = raw.substr(at, 3);
    const std::uint32_t bits = pack(group);
    for (std::size_t digit = 0; digit < 4; ++digit) {
      const bool padding = digit > group.size();
      text.push_back(padding ? '='
                             : kBase64Digits[(bits >> (18 - 6 * digit)) & 63]);
    }
  }
  return text;
}

}  // namespace erofs
