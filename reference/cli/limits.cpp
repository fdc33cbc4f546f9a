// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "cli/limits.h"

#include <algorithm>
#include <array>

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

constexpr std::string_view kTime = "time";

struct Setting {
  std::string_view name;
  std::optional<std::uint64_t> value;
};

Setting setting(std::string_view text) {
  const std::size_t equals = std::min(text.find('='), text.size());
  const std::size_t rest = std::min(equals + 1, text.size());
  const std::string_view name = text.substr(0, equals);
  const std::string_view value = text.substr(rest);
  return {name, name == kTime ? parse_time(value) : parse_amount(value)};
}

// What a time is counted in: its unit, and how many milliseconds that is.
struct Unit {
  std::string_view suffix;
  std::uint64_t milliseconds;
};

// No suffix is the end of one that stands behind it.
constexpr std::array<Unit, 4> kUnits = {{
    {"ms", 1},
    {"s", 1000},
    {"m", 60 * 1000},
    {"h", 60 * 60 * 1000},
}};

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

std::optional<std::uint64_t> parse_time(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789";
  std::uint64_t unit = 1000;
  for (const Unit& known : kUnits) {
    if (!text.ends_with(known.suffix)) continue;
    text.remove_suffix(known.suffix.size());
    unit = known.milliseconds;
    break;
  }
  if (text.find_first_not_of(kDigits) != text.npos) return std::nullopt;
  const auto number = parse_amount(text);
  return number ? checked::mul(*number, unit) : std::nullopt;
}

std::string limit_error(const std::string& text) {
  const auto [name, value] = setting(text);
  Limits limits;
  if (name == kTime) {
    if (value) return {};
    return "'" + text +
           "' has no time; write time=NUMBER, with ms, s, m or h "
           "behind it if you like";
  }
  if (member(limits, name) == nullptr) {
    return "there is no limit named '" + std::string(name) +
           "'; known are work, memory, depth, output and time";
  }
  if (!value) {
    return "'" + text + "' has no number; write " + std::string(name) +
           "=NUMBER, with K, M, G or T behind it if you like";
  }
  return {};
}

std::optional<std::uint64_t> time_limit(const std::vector<std::string>& texts) {
  std::optional<std::uint64_t> milliseconds;
  for (const auto& text : texts) {
    const auto [name, value] = setting(text);
    if (name == kTime && value) milliseconds = value;
  }
  return milliseconds;
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
