// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_CLUSTER_FORMS_H_
#define EROFS_CHECK_CLUSTER_FORMS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/budget.h"
#include "base/result.h"
#include "map/pcluster.h"

namespace erofs::check {

// One way in which extents take a physical cluster, and an extent that does.
struct ClusterForm {
  // Of raw bytes; the lower numbers are those of format::Algorithm.
  static constexpr std::uint32_t kShifted = 4;
  static constexpr std::uint32_t kInterlaced = 5;

  std::uint64_t offset = 0;      // of the first byte, in `space`
  std::uint32_t space : 16 = 0;  // the primary or another device
  // Interlaced: where in a block the extent begins, bytes.
  std::uint32_t turn : 16 = 0;
  std::uint32_t stored : 24 = 0;  // bytes, at most 1 MiB
  std::uint32_t kind : 8 = 0;
  std::uint64_t nid = 0;
  std::uint64_t start = 0;  // of the extent, bytes in the file

  // `found` has a cluster on a device.
  ClusterForm(const map::Pcluster& found, unsigned block_bits,
              std::uint64_t by) noexcept;

  [[nodiscard]] Place place() const noexcept { return {space, offset}; }
  [[nodiscard]] bool same_place(const ClusterForm& other) const noexcept {
    return space == other.space && offset == other.offset;
  }
  [[nodiscard]] bool same(const ClusterForm& other) const noexcept {
    return same_place(other) && turn == other.turn && stored == other.stored &&
           kind == other.kind;
  }
  [[nodiscard]] std::uint64_t end() const noexcept { return offset + stored; }
  // Whether `other` begins behind the first byte of this one.
  [[nodiscard]] bool reaches_into(const ClusterForm& other) const noexcept {
    return space == other.space && offset < other.offset &&
           other.offset < end();
  }
  // The order of place, form, inode and file.
  [[nodiscard]] bool before(const ClusterForm& other) const noexcept {
    if (space != other.space) return space < other.space;
    return offset != other.offset ? offset < other.offset : rest_before(other);
  }

 private:
  [[nodiscard]] bool rest_before(const ClusterForm& other) const noexcept;
};

// How all extents of an image take their clusters. What many of them have in
// common is kept once.
class ClusterForms {
 public:
  // Faults: limit (memory).
  [[nodiscard]] Status add(const ClusterForm& form, Budget& budget);

  // Sorts what was added. Needed before each_conflict().
  void seal();

  // Calls visit(const ClusterForm&) for every form of a cluster that has
  // several, in order, with the first extent of each.
  template <class Visit>
  void each_conflict(Visit&& visit) const {
    for (std::size_t i = 0; i < forms_.size(); ++i) {
      const ClusterForm& form = forms_[i];
      const bool above = i > 0 && forms_[i - 1].same_place(form);
      const bool below =
          i + 1 < forms_.size() && forms_[i + 1].same_place(form);
      if (above || below) visit(form);
    }
  }

  // The same for every form of a cluster that begins within another one.
  template <class Visit>
  void each_overlap(Visit&& visit) const {
    const ClusterForm* longest = nullptr;
    for (const ClusterForm& form : forms_) {
      if (longest != nullptr && longest->reaches_into(form)) visit(form);
      if (longest == nullptr || longest->space != form.space ||
          longest->end() < form.end()) {
        longest = &form;
      }
    }
  }

 private:
  std::vector<ClusterForm> forms_;
  std::size_t merge_at_ = kMergeFirst;
  static constexpr std::size_t kMergeFirst = std::size_t{1} << 14;
};

}  // namespace erofs::check

#endif  // EROFS_CHECK_CLUSTER_FORMS_H_
