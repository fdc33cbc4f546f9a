// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/features.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <string_view>

#include "format/features.gen.h"
#include "format/kernel_version.h"

namespace erofs::report {
namespace {

constexpr std::uint32_t kPageSize = 4096;

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
  format::KernelVersion needed = format::kFirstKernel;
  for (const auto& feature : format::features()) {
    const bool set = (summary.feature_incompat & feature.mask) != 0;
    if (!feature.incompat || !set) continue;
    const auto known = format::incompat_since(feature.mask);
    if (known) needed = std::max(needed, *known);
  }
  if (summary.block_size != kPageSize) {
    needed = std::max(needed, format::kSmallBlocksKernel);
  }
  return fmt::format("{}.{}", needed.series, needed.minor);
}

}  // namespace erofs::report
