// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/cluster_walk.h"

#include <algorithm>

#include "format/rule_ids.gen.h"

namespace erofs::map {
namespace {

using decode::Lcluster;

// What an extent costs beside a step for each of its entries.
constexpr std::uint64_t kWorkPerExtent = 18;

class Walk {
 public:
  Walk(ClusterIndex& index, const decode::ClusterHeader& header,
       std::uint64_t size, Budget& budget)
      : index_(index), header_(header), size_(size), budget_(budget) {}

  Result<IndexExtent> around(std::uint64_t offset) {
    EROFS_ASSIGN(const std::uint64_t lcn, begin(offset));
    const auto extent = from(lcn);
    EROFS_TRY(budget_.work(steps_ + kWorkPerExtent, at(lcn)));
    // The last distance led past another beginning.
    if (extent && extent->end <= offset && !too_long(*extent)) {
      return malformed(RuleId::cluster_lookback_nearest, at(from_),
                       from_ - lcn);
    }
    return extent;
  }

 private:
  [[nodiscard]] Place at(std::uint64_t lcn) const noexcept {
    return index_.entry_place(lcn);
  }
  [[nodiscard]] static bool too_long(const IndexExtent& extent) noexcept {
    return extent.counted_end - extent.start > format::kExtentMax;
  }

  Result<Lcluster> load(std::uint64_t lcn) {
    ++steps_;
    EROFS_ASSIGN(const Lcluster entry, index_.entry(lcn, budget_));
    if (entry.head() && entry.clusterofs >= header_.lcluster_size()) {
      return malformed(RuleId::cluster_clusterofs_in_lcluster, at(lcn),
                       entry.clusterofs);
    }
    if (entry.counts && !header_.big_1 && !header_.big_2) {
      return malformed(RuleId::cluster_cblkcnt_needs_big, at(lcn),
                       entry.blocks);
    }
    return entry;
  }

  // The logical cluster that the extent around `offset` begins in.
  Result<std::uint64_t> begin(std::uint64_t offset) {
    std::uint64_t lcn = offset >> header_.lcluster_bits;
    const std::uint64_t within = offset & (header_.lcluster_size() - 1);
    EROFS_ASSIGN(Lcluster entry, load(lcn));
    if (entry.head()) {
      if (within >= entry.clusterofs) return lcn;
      if (lcn == 0) return no_beginning(entry);
      --lcn;
      EROFS_ASSIGN(entry, load(lcn));
    }
    while (!entry.head()) {
      if (lcn == 0) return no_beginning(entry);
      if (entry.back == 0 || entry.back > lcn) {
        return malformed(RuleId::cluster_lookback_nearest, at(lcn), entry.back);
      }
      const Lcluster before = entry;
      EROFS_ASSIGN(entry, load(lcn - before.back));
      // Only a distance too long to be stored leads to another NONHEAD; so
      // there are few steps back, however long the extent is.
      if (!entry.head() && before.back < format::kDeltaMax) {
        return astray(before, lcn);
      }
      from_ = lcn;
      lcn -= before.back;
    }
    return lcn;
  }

  [[nodiscard]] tl::unexpected<Fault> no_beginning(
      const Lcluster& entry) const {
    return malformed(RuleId::cluster_first_head, at(0),
                     entry.head() ? entry.clusterofs : entry.back);
  }

  [[nodiscard]] tl::unexpected<Fault> astray(const Lcluster& entry,
                                             std::uint64_t lcn) const {
    if (entry.counts) {
      return malformed(RuleId::cluster_cblkcnt_placed, at(lcn), entry.blocks);
    }
    return malformed(RuleId::cluster_lookback_nearest, at(lcn), entry.back);
  }

  // The extent that begins in `lcn`.
  Result<IndexExtent> from(std::uint64_t lcn) {
    IndexExtent extent;
    extent.lcn = lcn;
    EROFS_ASSIGN(extent.head, load(lcn));
    extent.start = (lcn << header_.lcluster_bits) + extent.head.clusterofs;
    // Where the distances before it in its pack are wrong, so is its address.
    if (!extent.head.addressed) {
      return malformed(RuleId::cluster_lookback_nearest, at(lcn), lcn);
    }
    EROFS_TRY(find_end(extent));
    extent.end = std::min(extent.counted_end, size_);
    extent.tail = extent.end == size_;
    EROFS_TRY(judge_count(extent));
    return extent;
  }

  // Tails that are fragments or inline have no blocks to count, and writers
  // give the former a count of zero.
  [[nodiscard]] Status judge_count(const IndexExtent& extent) const {
    const bool elsewhere =
        extent.tail && (header_.fragment || header_.idata_size != 0);
    if (extent.blocks != 0 || elsewhere) return {};
    return malformed(RuleId::cluster_cblkcnt_present, at(extent.lcn + 1), 0);
  }

  Status find_end(IndexExtent& extent) {
    std::uint64_t lcn = extent.lcn + 1;
    for (; lcn < index_.count(); ++lcn) {
      EROFS_ASSIGN(const Lcluster entry, load(lcn));
      extent.counted_end = lcn << header_.lcluster_bits;
      if (entry.head()) {
        extent.counted_end += entry.clusterofs;
        return {};
      }
      EROFS_TRY(verify(entry, lcn, extent));
      // No count is no better than a count of zero.
      if (lcn == extent.lcn + 1 && header_.big(extent.head.type)) {
        extent.blocks = entry.blocks;
      }
      // A fragment may have any length, and can be the last extent only.
      if (!header_.fragment && too_long(extent)) return {};
    }
    extent.counted_end = lcn << header_.lcluster_bits;
    // Linux knows better where an inline tail begins and ends in one cluster.
    if (header_.idata_size != 0 && extent.lcn + 1 == lcn) {
      extent.counted_end = size_;
    }
    return {};
  }

  // A NONHEAD entry of `extent`.
  [[nodiscard]] Status verify(const Lcluster& entry, std::uint64_t lcn,
                              const IndexExtent& extent) const {
    const std::uint64_t distance = lcn - extent.lcn;
    if (entry.counts) {
      if (distance != 1) {
        return malformed(RuleId::cluster_cblkcnt_placed, at(lcn), entry.blocks);
      }
      if (!header_.big(extent.head.type)) {
        return malformed(RuleId::cluster_cblkcnt_needs_big, at(lcn),
                         entry.blocks);
      }
    }
    const bool nearest =
        entry.back == distance ||
        (entry.back >= format::kDeltaMax && entry.back < distance);
    if (!nearest) {
      return malformed(RuleId::cluster_lookback_nearest, at(lcn), entry.back);
    }
    return {};
  }

  ClusterIndex& index_;
  const decode::ClusterHeader& header_;
  std::uint64_t size_;
  Budget& budget_;
  std::uint64_t steps_ = 0;
  std::uint64_t from_ = 0;  // whose distance led to the beginning
};

}  // namespace

Result<IndexExtent> index_extent(ClusterIndex& index,
                                 const decode::ClusterHeader& header,
                                 std::uint64_t size, std::uint64_t offset,
                                 Budget& budget) {
  return Walk(index, header, size, budget).around(offset);
}

}  // namespace erofs::map
