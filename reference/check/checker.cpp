// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/checker.h"

#include <optional>

#include "base/checked.h"
#include "check/phases.h"
#include "format/budget_rules.h"
#include "read/volume.h"

namespace erofs::check {
namespace {

constexpr std::uint64_t kFloor = std::uint64_t{1} << 26;  // bytes
constexpr unsigned kWorkShift = 6;    // looks at one byte of the image
constexpr unsigned kMemoryShift = 2;  // bytes kept for one of the image
constexpr std::uint64_t kDepth = 4096;
// Decoded bytes: LZMA makes some thousands of one.
constexpr unsigned kOutputShift = 2 * kWorkShift;
constexpr std::uint64_t kOutputFloor = std::uint64_t{1} << 30;

std::uint64_t scaled(std::uint64_t bytes, unsigned shift,
                     std::uint64_t floor) noexcept {
  const auto many = checked::shift_left(bytes, shift);
  const auto sum = many ? checked::add(*many, floor) : many;
  return sum.value_or(~std::uint64_t{0});
}

void mount_faults(Context& ctx) {
  for (const read::MountFault& each : ctx.volume.mount_faults()) {
    ctx.nid = each.nid;
    ctx.has_path = each.nid == ctx.volume.superblock().root_nid;
    ctx.fault(each.fault);
  }
  ctx.nid.reset();
  ctx.has_path = false;
  ctx.told_of_mount = true;
}

void run(Context& ctx) {
  mount_faults(ctx);
  superblock(ctx);
  codecs(ctx);
  device(ctx);
  xattr_prefixes(ctx);
  if (!ctx.stopped) walk(ctx);
  // What was gathered is judged even where a limit ended the walk.
  ctx.streams.finish(ctx.report);
  tree(ctx);
  features_in_use(ctx);
  codecs_in_use(ctx);
  kernel(ctx);
  cluster_forms(ctx);
  space(ctx);
  magics(ctx);
  paths(ctx);
}

}  // namespace

Limits default_limits(const Input& input) noexcept {
  std::uint64_t bytes = input.primary.size();
  for (const image::Source* blob : input.blobs) {
    bytes = checked::add(bytes, blob->size()).value_or(~std::uint64_t{0});
  }
  Limits limits;
  limits.work = scaled(bytes, kWorkShift, kFloor);
  limits.memory = scaled(bytes, kMemoryShift, kFloor);
  limits.depth = kDepth;
  limits.output = scaled(bytes, kOutputShift, kOutputFloor);
  return limits;
}

Report check(const Input& input, const Limits& limits, unsigned jobs,
             const Progress& progress,
             std::optional<format::KernelVersion> kernel) {
  Report report;
  report.summary.image_bytes = input.primary.size();
  report.summary.devices_given = static_cast<std::uint16_t>(input.blobs.size());
  Budget budget(limits, format::budget_rules());
  const auto volume = read::Volume::open(input.primary, input.blobs, budget);
  if (volume) {
    Context ctx(**volume, budget, report, jobs, progress);
    ctx.kernel = kernel;
    run(ctx);
  } else {
    report.add(volume.error(), std::nullopt, {});
  }
  report.work_spent = budget.work_spent();
  report.memory_peak = budget.memory_peak();
  report.finish();
  return report;
}

}  // namespace erofs::check
