// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <fmt/core.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "report/cluster_table.h"
#include "report/facts.h"
#include "report/hazards.h"
#include "report/paint.h"
#include "report/text.h"
#include "report/usage_bar.h"

namespace erofs::report {
namespace {

std::string row(std::string_view name, std::string_view value) {
  return fmt::format("  {:<14} {}\n", name, value);
}

std::string count_row(std::string_view name, std::uint64_t count) {
  return fmt::format("  {:<26} {:>14}\n", name, count);
}

std::string image_text(const check::Summary& summary) {
  std::string text;
  for (const Fact& fact : image_facts(summary)) {
    text += row(fact.name, fact.text);
  }
  return text;
}

std::string inventory_text(const check::Inventory& inventory) {
  std::string text;
  for (const Count& count : inventory_counts(inventory)) {
    text += count_row(count.name, count.number);
  }
  if (inventory.has_acl) text += "  some have POSIX ACLs\n";
  return text;
}

}  // namespace

std::string audit_text(const check::Report& report, std::string_view image,
                       const TextOptions& options) {
  if (options.quiet) return check_text(report, image, options);
  const Paint paint(options.color);
  std::string text = paint(Ink::kBold, "Image") + '\n';
  text += image_text(report.summary) + '\n';
  if (report.summary.known) {
    text += paint(Ink::kBold, "Inventory") + '\n';
    text += inventory_text(report.inventory) + '\n';
    const std::string clusters = cluster_table(report.inventory);
    if (!clusters.empty()) {
      text += paint(Ink::kBold, "Compressed content") + '\n';
      text += clusters + '\n';
    }
    text += paint(Ink::kBold, "Use of bytes") + '\n';
    text += report.usage_known
                ? usage_bar(report.usage)
                : std::string("  unknown: the image was not read to its end\n");
    text += '\n';
    text += hazards_text(report, paint);
  }
  text += paint(Ink::kBold, "Findings") + '\n';
  if (report.findings().empty()) text += "  none\n\n";
  return text + check_text(report, image, options);
}

}  // namespace erofs::report
