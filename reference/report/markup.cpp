// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/markup.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace erofs::report {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

// What the first byte of a character says: how many bytes follow, its own
// bits of the number, and the least number that needs that many.
struct Lead {
  unsigned char mask;
  unsigned char value;
  std::size_t following;
  std::uint32_t least;
};

constexpr std::array<Lead, 4> kLeads = {{
    {0x80, 0x00, 0, 0},
    {0xe0, 0xc0, 1, 0x80},
    {0xf0, 0xe0, 2, 0x800},
    {0xf8, 0xf0, 3, 0x10000},
}};

bool has_character(std::uint32_t number) noexcept {
  if (number < 0x20) return number == '\t' || number == '\n';
  const bool surrogate = number >= 0xd800 && number < 0xe000;
  const bool none = number == 0x7f || number == 0xfffe || number == 0xffff;
  return !surrogate && !none && number <= 0x10ffff;
}

// Bytes of the character that `text` begins with; 0 where that is none.
std::size_t character(std::string_view text) noexcept {
  constexpr unsigned char kFollows = 0x80;
  constexpr unsigned char kFollowMask = 0xc0;
  const auto first = static_cast<unsigned char>(text.front());
  for (const Lead& lead : kLeads) {
    if ((first & lead.mask) != lead.value) continue;
    if (text.size() <= lead.following) return 0;
    std::uint32_t number = first & static_cast<unsigned char>(~lead.mask);
    for (std::size_t i = 1; i <= lead.following; ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      if ((byte & kFollowMask) != kFollows) return 0;
      number = (number << 6) | (byte & 0x3fU);
    }
    const bool good = number >= lead.least && has_character(number);
    return good ? lead.following + 1 : 0;
  }
  return 0;
}

std::string_view entity(char c) noexcept {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

}  // namespace

std::string markup(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t bytes = character(text);
    const std::string_view named = entity(text.front());
    if (bytes == 0) {
      out += kReplacement;
    } else if (!named.empty()) {
      out += named;
    } else {
      out += text.substr(0, bytes);
    }
    text.remove_prefix(bytes == 0 ? 1 : bytes);
  }
  return out;
}

}  // namespace erofs::report
