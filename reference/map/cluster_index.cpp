// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/cluster_index.h"

#include "base/checked.h"
#include "decode/cluster_full.h"
#include "format/rule_ids.gen.h"

namespace erofs::map {
namespace {

using format::ClusterHeaderView;
using format::FullIndexView;

// Full indexes begin 8 unused bytes behind the map header.
constexpr std::uint64_t kGap = FullIndexView::kSize;

// Fewer bytes than any form of the index takes for its entries.
constexpr std::uint64_t kLeastShare = 2;

}  // namespace

Fault table_outside(Place at, std::uint64_t entries) noexcept {
  return {FaultKind::kMalformed, RuleId::cluster_index_within_image, at,
          entries};
}

Result<ClusterIndex> ClusterIndex::open(const image::Source& space,
                                        Place header_at,
                                        const decode::ClusterHeader& header,
                                        std::uint64_t size,
                                        const decode::Geometry& geometry) {
  ClusterIndex index;
  index.compact_ = header.compact;
  index.big_ = header.big_1;
  index.lcluster_bits_ = header.lcluster_bits;
  index.count_ = checked::ceil_div(size, header.lcluster_size());
  Place start = header_at.plus(ClusterHeaderView::kSize);
  if (!header.compact) start = start.plus(kGap);
  // From here on everything fits 64 bits by far.
  const std::uint64_t room =
      checked::sub(space.size(), start.offset).value_or(0);
  if (index.count_ > room / kLeastShare) {
    return tl::unexpected<Fault>(table_outside(start, index.count_));
  }
  index.end_ = start.plus(index.count_ * FullIndexView::kSize);
  if (header.compact && index.count_ != 0) {
    // Readers count one entry a block, whatever a logical cluster is.
    const std::uint64_t total = checked::ceil_div(size, geometry.block_size());
    index.regions_ =
        decode::CompactRegions(start.offset, total, header.compact_2b);
    index.end_.offset = index.regions_.end(index.count_ - 1);
  }
  const std::uint64_t bytes = index.end_.offset - start.offset;
  if (bytes > room) {
    return tl::unexpected<Fault>(table_outside(start, index.count_));
  }
  index.window_ = TableWindow(space, start, bytes);
  return index;
}

Place ClusterIndex::entry_place(std::uint64_t lcn) const noexcept {
  Place at = place();
  if (compact_) {
    at.offset = regions_.pack(lcn).offset;
    return at;
  }
  return at.plus(lcn * FullIndexView::kSize);
}

Result<ByteView> ClusterIndex::raw(std::uint64_t lcn, Budget& budget) {
  const std::uint64_t offset = entry_place(lcn).offset - place().offset;
  const std::uint64_t length =
      compact_ ? regions_.pack(lcn).size : FullIndexView::kSize;
  return window_.bytes(offset, length, budget);
}

Result<decode::Lcluster> ClusterIndex::compact(std::uint64_t lcn,
                                               Budget& budget) {
  if (lcn < pack_first_ || lcn - pack_first_ >= pack_.count) {
    EROFS_ASSIGN(const ByteView bytes, raw(lcn, budget));
    pack_ = decode::cluster_compact(bytes, lcluster_bits_, big_);
    pack_first_ = regions_.pack(lcn).first;
  }
  return pack_.entries[static_cast<std::size_t>(lcn - pack_first_)];
}

Result<decode::Lcluster> ClusterIndex::entry(std::uint64_t lcn,
                                             Budget& budget) {
  if (compact_) return compact(lcn, budget);
  EROFS_ASSIGN(const ByteView bytes, raw(lcn, budget));
  const auto view = bytes.fixed<FullIndexView::kSize>(0);
  if (!view) return decode::Lcluster{};
  return decode::cluster_full(FullIndexView(*view));
}

}  // namespace erofs::map
