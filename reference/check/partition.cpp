// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/partition.h"

#include <algorithm>
#include <tuple>

#include "check/storage.h"

namespace erofs::check {
namespace {

constexpr std::uint64_t kNode = std::uint64_t{1}
                                << 6;  // bytes of an entry of owners_

bool ends_later(const Range& a, const Range& b) noexcept {
  return a.end() > b.end();
}

// Whether `b` says sooner what their bytes are.
bool comes_later(const Range& a, const Range& b) noexcept {
  return std::tuple(RangeKind{a.kind}, a.begin, a.owner) >
         std::tuple(RangeKind{b.kind}, b.begin, b.owner);
}

bool alike(const Piece& a, const Piece& b) noexcept {
  return a.space == b.space && a.end == b.begin && a.kind == b.kind &&
         a.owner == b.owner && a.uses == b.uses && a.users == b.users;
}

bool is_cluster(RangeKind kind) noexcept {
  return kind == RangeKind::kCluster || kind == RangeKind::kRawCluster ||
         kind == RangeKind::kFragment;
}

}  // namespace

Partition::~Partition() {
  budget_.release_memory((by_end_.capacity() + by_kind_.capacity()) *
                             sizeof(Range) +
                         owners_.size() * kNode);
}

Status Partition::run(std::span<const Bounds> bounds, const Sink& sink) {
  sink_ = &sink;
  for (const Bounds& each : bounds) {
    bounds_ = &each;
    EROFS_TRY(one(each));
    EROFS_TRY(flush());
  }
  return {};
}

Status Partition::one(const Bounds& bounds) {
  at_ = 0;
  // Ranges of a space that cannot be read.
  while (sweep_.peek() != nullptr && sweep_.peek()->space < bounds.space) {
    sweep_.next();
  }
  while (const Range* range = sweep_.peek()) {
    if (range->space != bounds.space) break;
    sweep_.next();
    if (range->begin >= bounds.size) continue;
    EROFS_TRY(until(range->begin));
    EROFS_TRY(gap(range->begin));
    const Range* next = sweep_.peek();
    const std::uint64_t end = std::min(range->end(), bounds.size);
    const bool alone =
        by_end_.empty() &&
        (next == nullptr || next->space != bounds.space || next->begin >= end);
    EROFS_TRY(alone ? put(*range, end) : enter(*range));
  }
  EROFS_TRY(until(bounds.size));
  // Those that reach behind the end of the space.
  while (!by_end_.empty()) leave();
  by_kind_.clear();
  return gap(bounds.size);
}

// Tells of the ranges around, up to `end` or until they end.
Status Partition::until(std::uint64_t end) {
  while (!by_end_.empty() && at_ < end) {
    const std::uint64_t stop = std::min(end, by_end_.front().end());
    if (stop > at_) EROFS_TRY(put(first(), stop));
    while (!by_end_.empty() && by_end_.front().end() <= at_) leave();
  }
  return {};
}

Status Partition::gap(std::uint64_t end) {
  while (at_ < end) {
    const bool touches = last_ && last_->end == at_;
    Piece piece = bounds_->gap(at_, end, touches ? &*last_ : nullptr);
    EROFS_TRY(put(piece, true));
  }
  return {};
}

// Slack is what a reference leaves unused.
bool Partition::is_counted(const Range& range) const noexcept {
  return counts_ && range.kind != RangeKind::kClusterSlack;
}

Status Partition::enter(const Range& range) {
  const Place at{range.space, range.begin};
  EROFS_TRY(push(by_end_, range, budget_, at));
  std::push_heap(by_end_.begin(), by_end_.end(), ends_later);
  EROFS_TRY(push(by_kind_, range, budget_, at));
  std::push_heap(by_kind_.begin(), by_kind_.end(), comes_later);
  if (!is_counted(range)) return {};
  ++uses_;
  std::uint64_t& times = owners_[range.owner];
  if (times++ == 0) EROFS_TRY(budget_.memory(kNode, at));
  return {};
}

void Partition::leave() {
  if (is_counted(by_end_.front())) {
    --uses_;
    const auto owner = owners_.find(by_end_.front().owner);
    if (owner != owners_.end() && --owner->second == 0) {
      owners_.erase(owner);
      budget_.release_memory(kNode);
    }
  }
  std::pop_heap(by_end_.begin(), by_end_.end(), ends_later);
  by_end_.pop_back();
}

// The range that says what the byte at_ is.
const Range& Partition::first() {
  while (by_kind_.front().end() <= at_) {
    std::pop_heap(by_kind_.begin(), by_kind_.end(), comes_later);
    by_kind_.pop_back();
  }
  return by_kind_.front();
}

Status Partition::put(const Range& range, std::uint64_t end) {
  Piece piece;
  piece.space = range.space;
  piece.begin = at_;
  piece.end = end;
  piece.kind = range.kind;
  if (of_an_inode(range.kind) || range.kind == RangeKind::kSharedXattr) {
    piece.owner = range.owner;
  }
  if (counts_) {
    piece.uses = std::max<std::uint64_t>(1, uses_);
    piece.users = std::max<std::uint64_t>(1, owners_.size());
  }
  // A cluster stays one by itself, but for the rest of a long one.
  const bool joins = !counts_ || !is_cluster(range.kind);
  return put(piece, joins);
}

Status Partition::put(const Piece& piece, bool joins) {
  at_ = piece.end;
  if (joins && last_ && alike(*last_, piece)) {
    last_->end = piece.end;
    return {};
  }
  EROFS_TRY(flush());
  last_ = piece;
  return {};
}

Status Partition::flush() {
  if (!last_) return {};
  const Piece piece = *last_;
  last_.reset();
  return (*sink_)(piece, *bounds_);
}

}  // namespace erofs::check
