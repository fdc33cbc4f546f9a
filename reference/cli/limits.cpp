// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "cli/limits.h"

#include <algorithm>

#include "base/checked.h"

namespace erofs::cli {
namespace {

std::optional<unsigned> digit_of(char c, unsigned base) {
  unsigned digit = base;
  if (c >= '0' && c <= '9') digit = static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') digit = static_cast<unsigned>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') digit = static_cast<unsigned>(c - 'A') + 10;
  if (digit >= base) return std::nullopt;
  return digit;
}

// Takes a multiple off the end of `text` and gives its binary logarithm.
unsigned take_multiple(std::string_view& text) {
  constexpr std::string_view kMultiples = "KMGT";
  const std::size_t at =
      text.empty() ? std::string_view::npos : kMultiples.find(text.back());
  if (at == std::string_view::npos) return 0;
  text.remove_suffix(1);
  return 10 * (static_cast<unsigned>(at) + 1);
}

// The number of `limits` that `name` names, or a null pointer.
std::uint64_t* member(Limits& limits, std::string_view name) {
  if (name == "work") return &limits.work;
  if (name == "memory") return &limits.memory;
  if (name == "depth") return &limits.depth;
  if (name == "output") return &limits.output;
  return nullptr;
}

struct Setting {
  std::string_view name;
  std::optional<std::uint64_t> value;
};

Setting setting(std::string_view text) {
  const std::size_t equals = std::min(text.find('='), text.size());
  const std::size_t rest = std::min(equals + 1, text.size());
  return {text.substr(0, equals), parse_amount(text.substr(rest))};
}

}  // namespace

std::optional<std::uint64_t> parse_amount(std::string_view text) {
  const unsigned shift = take_multiple(text);
  unsigned base = 10;
  if (text.size() > 2 && (text.starts_with("0x") || text.starts_with("0X"))) {
    base = 16;
    text.remove_prefix(2);
  }
  if (text.empty()) return std::nullopt;
  std::optional<std::uint64_t> value = 0;
  for (const char c : text) {
    const auto digit = digit_of(c, base);
    if (!digit) return std::nullopt;
    value = checked::mul(*value, base);
    if (value) value = checked::add(*value, *digit);
    if (!value) return std::nullopt;
  }
  return checked::shift_left(*value, shift);
}

std::string limit_error(const std::string& text) {
  const auto [name, value] = setting(text);
  Limits limits;
  if (member(limits, name) == nullptr) {
    return "there is no limit named '" + std::string(name) +
           "'; known are work, memory, depth and output";
  }
  if (!value) {
    return "'" + text + "' has no number; write " + std::string(name) +
           "=NUMBER, with K, M, G or T behind it if you like";
  }
  return {};
}

Limits with_limits(Limits limits, const std::vector<std::string>& texts) {
  for (const auto& text : texts) {
    const auto [name, value] = setting(text);
    std::uint64_t* limit = member(limits, name);
    if (limit != nullptr && value) *limit = *value;
  }
  return limits;
}

}  // namespace erofs::cli
