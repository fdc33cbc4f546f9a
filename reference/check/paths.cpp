// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <algorithm>
#include <cstdint>
#include <map>
#include <string>

#include "check/phases.h"
#include "read/walk.h"

namespace erofs::check {
namespace {

// Inodes that no path leads to.
bool outside_tree(const Context& ctx, std::uint64_t nid) noexcept {
  const decode::Superblock& superblock = ctx.volume.superblock();
  return nid == superblock.packed_nid || nid == superblock.metabox_nid;
}

}  // namespace

void paths(Context& ctx) {
  std::map<std::uint64_t, std::string> wanted;
  for (const Finding& finding : ctx.report.findings()) {
    if (finding.path.empty() && finding.nid &&
        !outside_tree(ctx, *finding.nid)) {
      wanted.emplace(*finding.nid, std::string());
    }
  }
  if (wanted.empty() || ctx.stopped) return;
  const auto root =
      read::node(ctx.volume, ctx.volume.superblock().root_nid, ctx.budget);
  if (!root) return;
  std::size_t missing = wanted.size();
  // Paths are a convenience: where the walk ends early, some stay unknown.
  static_cast<void>(
      read::walk(ctx.volume, *root, "/", ctx.budget,
                 [&](const read::Visit& visit) -> Status {
                   const auto found = wanted.find(visit.node.nid);
                   if (found != wanted.end() && found->second.empty()) {
                     found->second = visit.path.substr(0, Report::kPathMax + 1);
                     --missing;
                   }
                   if (missing != 0) return {};
                   return tl::unexpected<Fault>(Fault{});
                 }));
  for (Finding& finding : ctx.report.findings()) {
    if (!finding.path.empty() || !finding.nid) continue;
    const auto found = wanted.find(*finding.nid);
    if (found != wanted.end() && found->second.size() <= Report::kPathMax) {
      finding.path = found->second;
    }
  }
}

}  // namespace erofs::check
