// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/survey.h"

#include <optional>

#include "check/owner_paths.h"
#include "check/partition.h"
#include "check/phases.h"
#include "format/budget_rules.h"
#include "read/volume.h"

namespace erofs::check {
namespace {

// A line that tells of a piece, without the path.
constexpr std::uint64_t kLine = std::uint64_t{1} << 7;

Status tell(Context& ctx, const OwnerPaths& paths, const SurveySink& sink) {
  const std::vector<Bounds> all = bounds_of(ctx.volume);
  Partition partition(ctx.space, ctx.budget);
  return partition.run(
      all, [&](const Piece& piece, const Bounds& bounds) -> Status {
        const std::string_view path = of_an_inode(piece.kind)
                                          ? paths.of(piece.owner)
                                          : std::string_view();
        // Many pieces may have one long path.
        EROFS_TRY(
            ctx.budget.output(path.size() + kLine, {piece.space, piece.begin}));
        sink(piece, bounds, path);
        return {};
      });
}

bool look(Context& ctx, const SurveySink& sink) {
  ctx.decodes = false;
  superblock(ctx);
  codecs(ctx);
  device(ctx);
  xattr_prefixes(ctx);
  if (!ctx.stopped) walk(ctx);
  if (ctx.stopped) return false;
  OwnerPaths paths;
  const Status named = paths.gather(ctx.volume, ctx.budget);
  // What else is in the way of the walk has been found by the one above.
  if (!named && named.error().kind == FaultKind::kLimit) {
    ctx.fault(named.error());
    return false;
  }
  ctx.space.seal();
  return ctx.ok(tell(ctx, paths, sink)) && ctx.complete && ctx.all_content;
}

}  // namespace

Survey survey(const Input& input, const Limits& limits, const SurveySink& sink,
              const Progress& progress) {
  Survey result;
  Budget budget(limits, format::budget_rules());
  const auto volume = read::Volume::open(input.primary, input.blobs, budget);
  if (volume) {
    Context ctx(**volume, budget, result.report, 1, progress,
                Space::Keep::kEach);
    result.whole = look(ctx, sink);
  } else {
    result.report.add(volume.error(), std::nullopt, {});
  }
  result.report.finish();
  return result;
}

}  // namespace erofs::check
