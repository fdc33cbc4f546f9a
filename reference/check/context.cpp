// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/context.h"

#include <algorithm>
#include <utility>

namespace erofs::check {

void Context::find(RuleId rule, Place where, std::uint64_t value) {
  // Findings behind the last one that is kept need no path.
  const bool kept = report.count_of(rule) < Report::kKeptPerRule;
  report.add(Finding{rule, where, value, nid, kept ? path() : std::string()});
}

void Context::fault(const Fault& fault) {
  if (fault.kind == FaultKind::kLimit) {
    // Every later step would run into the same limit.
    if (stopped) return;
    stopped = true;
    complete = false;
  }
  // What spoils the image as a whole comes back from every file that needs
  // it. It is told once.
  if (told_of_mount && std::ranges::any_of(volume.mount_faults(),
                                           [&](const read::MountFault& each) {
                                             return each.fault == fault;
                                           })) {
    return;
  }
  // As in find(); the report names the rule of a plain I/O failure itself.
  const bool kept = report.count_of(fault.rule) < Report::kKeptPerRule;
  report.add(fault, nid, kept ? path() : std::string());
}

RangeKind Context::stored_as(std::uint64_t of, RangeKind kind) const noexcept {
  const decode::Superblock& superblock = volume.superblock();
  if (of == superblock.metabox_nid) return RangeKind::kMetaboxContent;
  const bool packed = superblock.packed_nid != 0 && of == superblock.packed_nid;
  return packed ? RangeKind::kPackedContent : kind;
}

std::string Context::path() const {
  if (!has_path) return {};
  // A report keeps no longer one, and building it would cost its length for
  // every finding.
  if (directory.size() + 1 + name.size() > Report::kPathMax) return {};
  if (!name.empty()) return directory + '/' + std::string(name);
  return directory.empty() ? "/" : directory;
}

}  // namespace erofs::check
