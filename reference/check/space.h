// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_SPACE_H_
#define EROFS_CHECK_SPACE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/budget.h"
#include "base/result.h"
#include "check/report.h"

namespace erofs::check {

// What a range of bytes is used for. Up to kDirectory it is metadata.
enum class RangeKind : std::uint8_t {
  kSuperblock,  // with its extension slots
  kCodecRecord,
  kDeviceTable,
  kPrefixTable,
  kSharedXattr,  // owner: the shared id
  kInode,        // body, xattrs, inline tail; owner: the nid
  kChunkTable,   // owner: the nid
  kDirectory,    // blocks of a directory; owner: the nid
  kData,         // owner: the nid
};

// Bytes [begin, end) of a space.
struct Range {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::uint64_t owner = 0;
  std::uint32_t space = 0;
  RangeKind kind = RangeKind::kData;
};

// Two ranges that share bytes and should not.
struct Overlap {
  Place at;                          // the first byte shared
  std::uint64_t length = 0;          // bytes
  std::optional<std::uint64_t> nid;  // of the inode it concerns
  bool with_data = false;  // content with metadata; else both metadata
};

// Every range that the image refers to. Content may share bytes with other
// content; ranges of it are merged from time to time, so that references
// take no more memory than what they refer to.
class Space {
 public:
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

  // How the first `size` bytes of the primary device are used.
  [[nodiscard]] Usage usage(std::uint64_t size) const;

 private:
  class Sweep;  // both lists in one order
  [[nodiscard]] static std::optional<Overlap> between(const Range* earlier,
                                                      const Range& later);
  void merge_data();

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
  // nullptr at the end.
  [[nodiscard]] const Range* next();

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
    const bool is_data = range->kind == RangeKind::kData;
    if (const auto found = between(metadata, *range)) visit(*found);
    if (!is_data) {
      if (const auto found = between(data, *range)) visit(*found);
    }
    const Range*& furthest = is_data ? data : metadata;
    if (furthest == nullptr || furthest->space != range->space ||
        furthest->end < range->end) {
      furthest = range;
    }
  }
}

}  // namespace erofs::check

#endif  // EROFS_CHECK_SPACE_H_
