// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/escape.h"
#include "report/amount.h"
#include "report/cluster_table.h"
#include "report/features.h"
#include "report/hazards.h"
#include "report/names.h"
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

std::string joined(const std::vector<std::string>& names) {
  if (names.empty()) return "none";
  std::string text;
  for (const auto& name : names) {
    if (!text.empty()) text += ' ';
    text += name;
  }
  return text;
}

std::string size_text(std::uint64_t bytes) {
  std::string exact = plural(bytes, "byte");
  const std::string rounded = amount(bytes);
  if (rounded == exact) return exact;
  return fmt::format("{} ({})", rounded, exact);
}

std::string blocks_text(const check::Summary& summary) {
  return fmt::format("{} of {} bytes", summary.blocks, summary.block_size);
}

std::string needs_text(const check::Summary& summary) {
  std::string text = "Linux >= " + needs_linux(summary);
  if (summary.block_size > 4096) {
    text += fmt::format(", pages of at least {} bytes", summary.block_size);
  }
  return text;
}

// When the image was built, where it says so and the sum is a time.
std::string time_row(const check::Summary& summary) {
  constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
  const std::int64_t later = summary.build_time;
  if (later == 0 || summary.epoch > kLast - later) {
    return row("epoch", utc(summary.epoch));
  }
  return row("built", utc(summary.epoch + later));
}

std::string superblock_text(const check::Summary& summary) {
  if (!summary.known) return row("superblock", "cannot be read");
  std::string text;
  text += row("blocks", blocks_text(summary));
  text += row("uuid", uuid_text(summary.uuid));
  if (!summary.label.empty()) text += row("label", escape(summary.label));
  text += time_row(summary);
  text += row("inodes", fmt::format("{} declared, root is {}", summary.inos,
                                    summary.root_nid));
  text += row("compat", joined(feature_names(summary.feature_compat, false)));
  text +=
      row("incompat", joined(feature_names(summary.feature_incompat, true)));
  text += row("needs", needs_text(summary));
  text +=
      row("devices", fmt::format("{} in the table, {} given",
                                 summary.extra_devices, summary.devices_given));
  if (summary.prefixes != 0) {
    text += row("xattr prefixes", std::to_string(summary.prefixes));
  }
  return text;
}

std::string inventory_text(const check::Inventory& inventory) {
  std::string text = count_row("inodes", inventory.inodes);
  for (const auto& [type, name] : kTypeNames) {
    const auto count = inventory.by_type[static_cast<std::size_t>(type)];
    if (count != 0) text += count_row(fmt::format("  {}", name), count);
  }
  text += count_row("  compact", inventory.compact);
  text += count_row("  extended", inventory.extended);
  for (const auto& [layout, name] : kLayoutNames) {
    const auto count = inventory.by_layout[static_cast<std::size_t>(layout)];
    if (count != 0) {
      text += count_row(fmt::format("  with {} data", name), count);
    }
  }
  text += count_row("directory entries", inventory.entries);
  text += count_row("hard-linked files", inventory.hard_linked);
  text += count_row("inodes with xattrs", inventory.with_xattrs);
  text += count_row("inline xattrs", inventory.inline_xattrs);
  text += count_row("shared xattr references", inventory.shared_xattrs);
  if (inventory.has_acl) text += "  with POSIX ACLs\n";
  text += count_row("bytes in files", inventory.file_bytes);
  text += count_row("  of them holes", inventory.hole_bytes);
  text += count_row("deepest directory", inventory.max_depth);
  return text;
}

}  // namespace

std::string audit_text(const check::Report& report, std::string_view image,
                       const TextOptions& options) {
  if (options.quiet) return check_text(report, image, options);
  const Paint paint(options.color);
  std::string text = paint(Ink::kBold, "Image") + '\n';
  text += row("image", size_text(report.summary.image_bytes));
  text += superblock_text(report.summary) + '\n';
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
