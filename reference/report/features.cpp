// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/features.h"

#include <fmt/core.h>

#include <algorithm>
#include <compare>
#include <limits>
#include <optional>
#include <string_view>

#include "format/features.gen.h"

namespace erofs::report {
namespace {

struct Version {
  unsigned major = 0;
  unsigned minor = 0;
  // NOLINTNEXTLINE(modernize-use-nullptr): sees a pointer where there is none
  friend auto operator<=>(const Version&, const Version&) = default;
};

// The release that made EROFS a stable filesystem.
constexpr Version kFirst{5, 4};
// Until then the block size had to be a page.
constexpr Version kOtherBlockSizes{6, 4};
constexpr std::uint32_t kPageSize = 4096;

// The number at the head of `text`.
unsigned number(std::string_view text) {
  unsigned value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') break;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

Version version(std::string_view text) {
  const auto dot = std::min(text.find('.'), text.size());
  const std::string_view rest = text.substr(std::min(dot + 1, text.size()));
  return {number(text.substr(0, dot)), number(rest)};
}

// Of the names of one bit the first that Linux knew: which is meant cannot
// be told from the bit.
std::optional<Version> since(std::uint32_t mask) {
  std::optional<Version> first;
  for (const auto& feature : format::features()) {
    if (!feature.incompat || feature.mask != mask) continue;
    const Version known = version(feature.since);
    if (!first || known < *first) first = known;
  }
  return first;
}

std::string name_of(std::uint32_t mask, unsigned bit, bool incompat) {
  std::string name;
  for (const auto& feature : format::features()) {
    if (feature.incompat != incompat || feature.mask != mask) continue;
    if (!name.empty()) name += '/';
    name += feature.name;
  }
  return name.empty() ? fmt::format("bit {}", bit) : name;
}

}  // namespace

std::vector<std::string> feature_names(std::uint32_t bits, bool incompat) {
  std::vector<std::string> names;
  for (unsigned bit = 0; bit < std::numeric_limits<std::uint32_t>::digits;
       ++bit) {
    const std::uint32_t mask = std::uint32_t{1} << bit;
    if ((bits & mask) != 0) names.push_back(name_of(mask, bit, incompat));
  }
  return names;
}

std::string needs_linux(const check::Summary& summary) {
  Version needed = kFirst;
  for (const auto& feature : format::features()) {
    const bool set = (summary.feature_incompat & feature.mask) != 0;
    if (!feature.incompat || !set) continue;
    const auto known = since(feature.mask);
    if (known) needed = std::max(needed, *known);
  }
  if (summary.block_size != kPageSize) {
    needed = std::max(needed, kOtherBlockSizes);
  }
  return fmt::format("{}.{}", needed.major, needed.minor);
}

}  // namespace erofs::report
