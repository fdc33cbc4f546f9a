// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/facts.h"

#include <fmt/core.h>

#include <limits>

#include "base/escape.h"
#include "report/amount.h"
#include "report/features.h"
#include "report/names.h"

namespace erofs::report {
namespace {

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
Fact time_fact(const check::Summary& summary) {
  constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
  const std::int64_t later = summary.build_time;
  if (later == 0 || summary.epoch > kLast - later) {
    return {"epoch", utc(summary.epoch)};
  }
  return {"built", utc(summary.epoch + later)};
}

}  // namespace

std::vector<Fact> image_facts(const check::Summary& summary) {
  std::vector<Fact> facts = {{"image", size_text(summary.image_bytes)}};
  if (!summary.known) {
    facts.push_back({"superblock", "cannot be read"});
    return facts;
  }
  facts.push_back({"blocks", blocks_text(summary)});
  facts.push_back({"uuid", uuid_text(summary.uuid)});
  if (!summary.label.empty()) facts.push_back({"label", escape(summary.label)});
  facts.push_back(time_fact(summary));
  facts.push_back({"inodes", fmt::format("{} declared, root is {}",
                                         summary.inos, summary.root_nid)});
  facts.push_back(
      {"compat", joined(feature_names(summary.feature_compat, false))});
  facts.push_back(
      {"incompat", joined(feature_names(summary.feature_incompat, true))});
  facts.push_back({"needs", needs_text(summary)});
  facts.push_back(
      {"devices", fmt::format("{} in the table, {} given",
                              summary.extra_devices, summary.devices_given)});
  if (summary.prefixes != 0) {
    facts.push_back({"xattr prefixes", std::to_string(summary.prefixes)});
  }
  return facts;
}

std::vector<Count> inventory_counts(const check::Inventory& inventory) {
  std::vector<Count> counts = {{"inodes", inventory.inodes}};
  for (const auto& [type, name] : kTypeNames) {
    const auto count = inventory.by_type[static_cast<std::size_t>(type)];
    if (count != 0) counts.push_back({fmt::format("  {}", name), count});
  }
  counts.push_back({"  compact", inventory.compact});
  counts.push_back({"  extended", inventory.extended});
  for (const auto& [layout, name] : kLayoutNames) {
    const auto count = inventory.by_layout[static_cast<std::size_t>(layout)];
    if (count != 0) {
      counts.push_back({fmt::format("  with {} data", name), count});
    }
  }
  counts.push_back({"directory entries", inventory.entries});
  counts.push_back({"hard-linked files", inventory.hard_linked});
  counts.push_back({"inodes with xattrs", inventory.with_xattrs});
  counts.push_back({"inline xattrs", inventory.inline_xattrs});
  counts.push_back({"shared xattr references", inventory.shared_xattrs});
  counts.push_back({"bytes in files", inventory.file_bytes});
  counts.push_back({"  of them holes", inventory.hole_bytes});
  counts.push_back({"deepest directory", inventory.max_depth});
  return counts;
}

}  // namespace erofs::report
