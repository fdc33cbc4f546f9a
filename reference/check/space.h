// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_SPACE_H_
#define EROFS_CHECK_SPACE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/budget.h"
#include "base/fault.h"
#include "base/result.h"
#include "check/range.h"

namespace erofs::check {

// Two ranges that share bytes and should not.
struct Overlap {
  Place at;                          // the first byte shared
  std::uint64_t length = 0;          // bytes
  std::optional<std::uint64_t> nid;  // of the inode it concerns
  bool with_data = false;  // content with metadata; else both metadata
};

// Every range that the image refers to. Content may share bytes with other
// content.
class Space {
 public:
  // Whether each reference is kept. If not, ranges of content are merged from
  // time to time, so that references take no more memory than what they refer
  // to; then only the first owner and kind of a range is known.
  enum class Keep : std::uint8_t { kMerged, kEach };

  explicit Space(Keep keep = Keep::kMerged) noexcept : keep_(keep) {}
  [[nodiscard]] bool keeps_each() const noexcept {
    return keep_ == Keep::kEach;
  }

  // Ranges of no length are dropped. Faults: limit (memory).
  [[nodiscard]] Status add(Place at, std::uint64_t length, RangeKind kind,
                           std::uint64_t owner, Budget& budget);

  // Sorts what was added. Needed before the following ones.
  void seal();

  // Calls visit(const Overlap&) at most twice for each range; at least once
  // if any two ranges overlap that should not.
  template <class Visit>
  void overlaps(Visit&& visit) const;

  // Calls visit(const Range&) for what is metadata, sorted.
  template <class Visit>
  void each_metadata(Visit&& visit) const {
    for (const Range& range : metadata_) visit(range);
  }

  class Sweep;  // all ranges, in the order of space and begin

 private:
  [[nodiscard]] static std::optional<Overlap> between(const Range* earlier,
                                                      const Range& later);
  [[nodiscard]] bool extends_last(const std::vector<Range>& list, Place at,
                                  RangeKind kind, std::uint64_t owner) const;
  void merge_data();

  Keep keep_;
  std::vector<Range> metadata_;
  std::vector<Range> data_;
  std::size_t merge_at_ = kMergeFirst;
  static constexpr std::size_t kMergeFirst = std::size_t{1} << 14;
};

// Walks two sorted lists as if they were one.
class Space::Sweep {
 public:
  explicit Sweep(const Space& space)
      : metadata_(space.metadata_), data_(space.data_) {}
  // The next one, nullptr at the end; peek() does not move on.
  [[nodiscard]] const Range* peek() const noexcept;
  const Range* next() noexcept;

 private:
  std::span<const Range> metadata_;
  std::span<const Range> data_;
};

template <class Visit>
void Space::overlaps(Visit&& visit) const {
  // What overlaps any earlier range overlaps the one that reaches furthest.
  const Range* metadata = nullptr;
  const Range* data = nullptr;
  Sweep sweep(*this);
  while (const Range* range = sweep.next()) {
    const bool is_data = is_content(range->kind);
    if (const auto found = between(metadata, *range)) visit(*found);
    if (!is_data) {
      if (const auto found = between(data, *range)) visit(*found);
    }
    const Range*& furthest = is_data ? data : metadata;
    if (furthest == nullptr || furthest->space != range->space ||
        furthest->end() < range->end()) {
      furthest = range;
    }
  }
}

}  // namespace erofs::check

#endif  // EROFS_CHECK_SPACE_H_
