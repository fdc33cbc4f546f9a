// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/space.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/checked.h"
#include "check/context.h"
#include "check/phases.h"
#include "check/sort_runs.h"
#include "check/storage.h"
#include "format/limits.gen.h"

namespace erofs::check {
namespace {

// The order of space, place, length, kind and owner.
bool before(const Range& a, const Range& b) noexcept {
  if (a.space != b.space) return a.space < b.space;
  if (a.begin != b.begin) return a.begin < b.begin;
  const auto rest = [](const Range& range) {
    return std::tuple(range.length, RangeKind{range.kind}, range.owner);
  };
  return rest(a) < rest(b);
}

void sort(std::vector<Range>& ranges) {
  sort_runs(ranges,
            [](const Range& a, const Range& b) { return before(a, b); });
}

// The part of `range` from `begin` on, which may be none.
Range from(Range range, std::uint64_t begin) noexcept {
  if (begin <= range.begin) return range;
  const std::uint64_t skipped =
      std::min<std::uint64_t>(begin - range.begin, range.length);
  range.begin += skipped;
  range.length -= static_cast<std::uint32_t>(skipped);
  return range;
}

}  // namespace

bool Space::extends_last(const std::vector<Range>& list, Place at,
                         RangeKind kind, std::uint64_t owner) const {
  // Where each is kept, a cluster is a thing of its own.
  const bool own = keeps_each() && (kind == RangeKind::kCluster ||
                                    kind == RangeKind::kRawCluster ||
                                    kind == RangeKind::kFragment);
  if (list.empty() || own) return false;
  const Range& last = list.back();
  return last.space == at.space && last.kind == kind && last.owner == owner &&
         last.end() == at.offset;
}

Status Space::add(Place at, std::uint64_t length, RangeKind kind,
                  std::uint64_t owner, Budget& budget) {
  auto& list = is_content(kind) ? data_ : metadata_;
  // Nothing ends behind the last address.
  length = at.plus(length).offset - at.offset;
  if (length != 0 && extends_last(list, at, kind, owner)) {
    const std::uint64_t room = Range::kLongest - list.back().length;
    const std::uint64_t more = std::min(room, length);
    list.back().length += static_cast<std::uint32_t>(more);
    at = at.plus(more);
    length -= more;
  }
  while (length != 0) {
    if (is_content(kind) && !keeps_each() && data_.size() >= merge_at_) {
      merge_data();
    }
    Range range;
    range.begin = at.offset;
    range.owner = owner;
    range.length =
        static_cast<std::uint32_t>(std::min(length, Range::kLongest));
    range.space = at.space & ((1U << 24U) - 1);
    range.kind = kind;
    EROFS_TRY(push(list, range, budget, at));
    at = at.plus(range.length);
    length -= range.length;
  }
  return {};
}

// Joins ranges that overlap, and neighbours of one owner. Slack stays apart
// from what is content for somebody.
void Space::merge_data() {
  sort(data_);
  std::size_t kept = 0;
  std::array<std::size_t, 2> lasts{};  // one behind the last of each sort
  for (const Range& each : data_) {
    std::size_t& last_at = lasts[each.kind == RangeKind::kClusterSlack ? 1 : 0];
    Range range = each;
    if (last_at != 0 && data_[last_at - 1].space == range.space) {
      Range& last = data_[last_at - 1];
      range = from(range, last.end());
      const bool joins =
          range.begin == last.end() &&
          (each.begin < last.end() || range.owner == last.owner) &&
          range.length <= Range::kLongest - last.length;
      if (joins) last.length += range.length;
      if (joins || range.length == 0) continue;
    }
    data_[kept++] = range;
    last_at = kept;
  }
  data_.resize(kept);
  merge_at_ = std::max(kMergeFirst, 2 * kept);
}

void Space::seal() {
  sort(metadata_);
  if (keeps_each()) {
    sort(data_);
    return;
  }
  merge_data();
  // What was cut in front stands further back now.
  sort(data_);
}

const Range* Space::Sweep::peek() const noexcept {
  if (metadata_.empty()) return data_.empty() ? nullptr : &data_.front();
  if (data_.empty()) return &metadata_.front();
  const Range& metadata = metadata_.front();
  const Range& data = data_.front();
  return before(metadata, data) ? &metadata : &data;
}

const Range* Space::Sweep::next() noexcept {
  const Range* range = peek();
  if (range == nullptr) return nullptr;
  auto& list = is_content(range->kind) ? data_ : metadata_;
  list = list.subspan(1);
  return range;
}

std::optional<Overlap> Space::between(const Range* earlier,
                                      const Range& later) {
  if (earlier == nullptr || earlier->space != later.space ||
      earlier->end() <= later.begin) {
    return std::nullopt;
  }
  const bool earlier_data = is_content(earlier->kind);
  Overlap overlap;
  overlap.at = {later.space, later.begin};
  overlap.length = std::min(earlier->end(), later.end()) - later.begin;
  overlap.with_data = earlier_data || is_content(later.kind);
  const Range& blamed =
      earlier_data || !of_an_inode(later.kind) ? *earlier : later;
  if (of_an_inode(blamed.kind)) overlap.nid = blamed.owner;
  return overlap;
}

namespace {

// A loop device has whole sectors only; what stands in a last piece of one
// is not there for it (drivers/block/loop.c).
void sectors(Context& ctx) {
  const std::uint64_t size = ctx.volume.devices().primary().size();
  const std::uint64_t whole = size / format::kSectorSize * format::kSectorSize;
  const Range* cut = nullptr;
  ctx.space.each_metadata([&](const Range& range) {
    const bool behind = range.space == Place::kPrimary && range.end() > whole;
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
  every_byte(ctx);
}

}  // namespace erofs::check
