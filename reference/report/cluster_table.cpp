// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/cluster_table.h"

#include <fmt/core.h>

#include <cstdint>

#include "format/limits.gen.h"
#include "report/amount.h"

namespace erofs::report {
namespace {

using format::Algorithm;

NamedUse of(const check::Inventory& inventory, Algorithm algorithm) {
  return {format::name_of(algorithm),
          inventory.by_algorithm[static_cast<std::size_t>(algorithm)]};
}

// stored / content in percent; "-" where nothing is stored here, or where
// the numbers are beyond what a share needs.
std::string share(const check::ClusterUse& use) {
  constexpr std::uint64_t kPercent = 100;
  if (use.stored == 0 || use.content == 0 ||
      use.stored > ~std::uint64_t{0} / kPercent) {
    return "-";
  }
  return fmt::format("{} %", use.stored * kPercent / use.content);
}

}  // namespace

std::array<NamedUse, 7> cluster_uses(const check::Inventory& inventory) {
  return {{
      of(inventory, Algorithm::kLz4),
      of(inventory, Algorithm::kLzma),
      of(inventory, Algorithm::kDeflate),
      of(inventory, Algorithm::kZstd),
      {"raw", inventory.raw_clusters},
      {"inline", inventory.inline_clusters},
      {"fragments", inventory.fragments},
  }};
}

std::string cluster_table(const check::Inventory& inventory) {
  std::string text;
  for (const auto& [name, use] : cluster_uses(inventory)) {
    if (use.extents == 0) continue;
    if (text.empty()) {
      text = fmt::format("  {:<10} {:>12} {:>12} {:>12} {:>7}\n", "form",
                         "extents", "content", "stored", "share");
    }
    text += fmt::format("  {:<10} {:>12} {:>12} {:>12} {:>7}\n", name,
                        use.extents, amount(use.content),
                        use.stored == 0 ? "-" : amount(use.stored), share(use));
  }
  return text;
}

}  // namespace erofs::report
