// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/usage_drawing.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "report/amount.h"
#include "report/markup.h"
#include "report/usage_bar.h"

namespace erofs::report {
namespace {

constexpr std::uint64_t kWidth = 1000;

// One after another; there are as many as kinds of use.
constexpr std::array<std::string_view, 12> kColours = {
    "#5c3566", "#a40000", "#ce5c00", "#c4a000", "#4e9a06", "#8f5902",
    "#06989a", "#3465a4", "#729fcf", "#babdb6", "#555753", "#ef2929"};

std::string_view colour(std::size_t index) noexcept {
  return kColours[index % kColours.size()];
}

}  // namespace

std::string usage_drawing(const check::Usage& usage) {
  const auto uses = uses_of(usage);
  std::uint64_t total = 0;
  for (const Use& use : uses) total += use.bytes;
  if (total == 0) return {};
  std::string drawn;
  std::string rows;
  std::uint64_t before = 0;
  std::size_t index = 0;
  for (const Use& use : uses) {
    const std::string_view fill = colour(index++);
    if (use.bytes == 0) continue;
    const std::uint64_t left = share(before, total, kWidth);
    before += use.bytes;
    // What has any byte is to be seen.
    const std::uint64_t right =
        std::max(share(before, total, kWidth), left + 1);
    const std::string name = markup(use.name);
    drawn += fmt::format(
        "<rect x=\"{}\" y=\"0\" width=\"{}\" height=\"48\" fill=\"{}\">"
        "<title>{}</title></rect>\n",
        left, right - left, fill, name);
    const std::uint64_t permille = share(use.bytes, total, 1000);
    rows += fmt::format(
        "<tr><td><span class=\"swatch\" style=\"background:{}\"></span></td>"
        "<th>{}</th><td class=\"n\">{}</td><td class=\"n\">{}.{} %</td></tr>\n",
        fill, name, amount(use.bytes), permille / 10, permille % 10);
  }
  return fmt::format(
             "<svg viewBox=\"0 0 {} 48\" preserveAspectRatio=\"none\" "
             "role=\"img\" aria-label=\"use of bytes\">\n{}</svg>\n",
             kWidth + kColours.size(), drawn) +
         "<table>\n" + rows + "</table>\n";
}

}  // namespace erofs::report
