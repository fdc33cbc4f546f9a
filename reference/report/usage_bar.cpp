// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/usage_bar.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "report/amount.h"
#include "report/range_names.h"

namespace erofs::report {
namespace {

constexpr std::size_t kCells = 60;

using Uses = std::vector<Use>;

// Cells for each use; they sum up to kCells.
std::vector<std::size_t> cells_of(const Uses& uses, std::uint64_t total) {
  std::vector<std::size_t> cells(uses.size());
  std::size_t given = 0;
  for (std::size_t i = 0; i < uses.size(); ++i) {
    if (uses[i].bytes == 0) continue;
    cells[i] = std::max<std::size_t>(
        1, static_cast<std::size_t>(share(uses[i].bytes, total, kCells)));
    given += cells[i];
  }
  // What rounding left over or took too much is the largest one's.
  std::size_t& largest = *std::max_element(cells.begin(), cells.end());
  if (given <= kCells) {
    largest += kCells - given;
  } else {
    largest -= given - kCells;
  }
  return cells;
}

std::uint64_t sum(const Uses& uses) noexcept {
  std::uint64_t total = 0;
  for (const Use& use : uses) total += use.bytes;
  return total;
}

}  // namespace

std::vector<Use> uses_of(const check::Usage& usage) {
  Uses uses = {{'b', "boot area", 0},
               {'S', "superblock, codecs, devices", 0},
               {'i', "inodes", 0},
               {'x', "attributes", 0},
               {'c', "chunk tables, cluster maps", 0},
               {'t', "tails and inline clusters", 0},
               {'m', "metabox", 0},
               {'d', "directories", 0},
               {'#', "file data", 0},
               {'.', "padding", 0},
               {'?', "unreferenced", 0},
               {'>', "behind the end", 0}};
  for (const RangeName& name : kRangeNames) {
    const auto use =
        std::find_if(uses.begin(), uses.end(),
                     [&](const Use& each) { return each.mark == name.mark; });
    use->bytes += usage[name.kind];
  }
  return uses;
}

std::uint64_t share(std::uint64_t bytes, std::uint64_t total,
                    std::uint64_t scale) noexcept {
  // Both shrink alike where the product would pass 64 bits.
  while (bytes > ~std::uint64_t{0} / scale) {
    bytes /= 2;
    total /= 2;
  }
  return bytes * scale / total;
}

std::string usage_bar(const check::Usage& usage) {
  const Uses uses = uses_of(usage);
  const std::uint64_t total = sum(uses);
  if (total == 0) return {};
  const auto cells = cells_of(uses, total);
  std::string text = "  [";
  for (std::size_t i = 0; i < uses.size(); ++i) {
    text.append(cells[i], uses[i].mark);
  }
  text += "]\n";
  for (const Use& use : uses) {
    if (use.bytes == 0) continue;
    const std::uint64_t permille = share(use.bytes, total, 1000);
    text += fmt::format("   {} {:<28} {:>11} {:>3}.{} %\n", use.mark, use.name,
                        amount(use.bytes), permille / 10, permille % 10);
  }
  return text;
}

}  // namespace erofs::report
