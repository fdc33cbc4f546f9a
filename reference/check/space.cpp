// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/space.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/checked.h"
#include "check/context.h"
#include "check/phases.h"
#include "check/storage.h"
#include "format/limits.gen.h"

namespace erofs::check {
namespace {

auto order(const Range& range) noexcept {
  return std::tuple(range.space, range.begin, range.end, range.kind,
                    range.owner);
}

void sort(std::vector<Range>& ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](const Range& a, const Range& b) { return order(a) < order(b); });
}

bool of_an_inode(RangeKind kind) noexcept { return kind >= RangeKind::kInode; }

// Ranks of use: a byte with several counts for the first.
constexpr std::size_t kRanks = 4;
std::size_t rank(RangeKind kind) noexcept {
  if (kind <= RangeKind::kDeviceTable) return 0;
  if (kind < RangeKind::kDirectory) return 1;
  return kind == RangeKind::kDirectory ? 2 : 3;
}

}  // namespace

Status Space::add(Place at, std::uint64_t length, RangeKind kind,
                  std::uint64_t owner, Budget& budget) {
  if (length == 0) return {};
  const std::uint64_t end = at.plus(length).offset;
  auto& list = kind == RangeKind::kData ? data_ : metadata_;
  if (!list.empty() && list.back().space == at.space &&
      list.back().kind == kind && list.back().owner == owner &&
      list.back().end == at.offset) {
    list.back().end = end;
    return {};
  }
  if (kind == RangeKind::kData && data_.size() >= merge_at_) merge_data();
  return push(list, Range{at.offset, end, owner, at.space, kind}, budget, at);
}

void Space::merge_data() {
  sort(data_);
  std::size_t kept = 0;
  for (const Range& range : data_) {
    Range* last = kept == 0 ? nullptr : &data_[kept - 1];
    const bool joins =
        last != nullptr && last->space == range.space &&
        (range.begin < last->end ||
         (range.begin == last->end && range.owner == last->owner));
    if (joins) {
      last->end = std::max(last->end, range.end);
    } else {
      data_[kept++] = range;
    }
  }
  data_.resize(kept);
  merge_at_ = std::max(kMergeFirst, 2 * kept);
}

void Space::seal() {
  sort(metadata_);
  merge_data();
}

const Range* Space::Sweep::next() {
  auto& list =
      data_.empty() || (!metadata_.empty() &&
                        order(metadata_.front()) < order(data_.front()))
          ? metadata_
          : data_;
  if (list.empty()) return nullptr;
  const Range* range = &list.front();
  list = list.subspan(1);
  return range;
}

std::optional<Overlap> Space::between(const Range* earlier,
                                      const Range& later) {
  if (earlier == nullptr || earlier->space != later.space ||
      earlier->end <= later.begin) {
    return std::nullopt;
  }
  const bool earlier_data = earlier->kind == RangeKind::kData;
  const bool later_data = later.kind == RangeKind::kData;
  const bool with_data = earlier_data || later_data;
  Overlap overlap;
  overlap.at = {later.space, later.begin};
  overlap.length = std::min(earlier->end, later.end) - later.begin;
  overlap.with_data = with_data;
  const Range& blamed =
      earlier_data || !of_an_inode(later.kind) ? *earlier : later;
  if (of_an_inode(blamed.kind)) overlap.nid = blamed.owner;
  return overlap;
}

Usage Space::usage(std::uint64_t size) const {
  // covered[r]: bytes used by ranks 0 to r; done[r]: how far that has been
  // counted.
  std::array<std::uint64_t, kRanks> covered{};
  std::array<std::uint64_t, kRanks> done{};
  Sweep sweep(*this);
  while (const Range* range = sweep.next()) {
    if (range->space != Place::kPrimary) break;
    const std::uint64_t end = std::min(range->end, size);
    for (std::size_t r = rank(range->kind); r < kRanks; ++r) {
      const std::uint64_t begin = std::max(range->begin, done[r]);
      if (begin >= end) continue;
      covered[r] += end - begin;
      done[r] = end;
    }
  }
  return {covered[0], covered[1] - covered[0], covered[2] - covered[1],
          covered[3] - covered[2], size - covered[3]};
}

namespace {

// A loop device has whole sectors only; what stands in a last piece of one
// is not there for it (drivers/block/loop.c).
void sectors(Context& ctx) {
  const std::uint64_t size = ctx.volume.devices().primary().size();
  const std::uint64_t whole = size / format::kSectorSize * format::kSectorSize;
  const Range* cut = nullptr;
  ctx.space.each_metadata([&](const Range& range) {
    const bool behind = range.space == Place::kPrimary && range.end > whole;
    if (behind && cut == nullptr) cut = &range;
  });
  if (cut == nullptr) return;
  if (of_an_inode(cut->kind)) ctx.nid = cut->owner;
  ctx.find(RuleId::space_sector_whole, {Place::kPrimary, whole}, size);
  ctx.nid.reset();
}

}  // namespace

void space(Context& ctx) {
  ctx.space.seal();
  sectors(ctx);
  device_windows(ctx);
  ctx.space.overlaps([&](const Overlap& overlap) {
    ctx.nid = overlap.nid;
    ctx.find(overlap.with_data ? RuleId::space_data_overlap
                               : RuleId::space_metadata_overlap,
             overlap.at, overlap.length);
  });
  ctx.nid.reset();
  if (!ctx.complete || !ctx.all_content) return;
  ctx.report.usage = ctx.space.usage(ctx.volume.devices().primary().size());
  ctx.report.usage_known = true;
}

}  // namespace erofs::check
