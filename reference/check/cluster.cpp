// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/checked.h"
#include "check/phases.h"
#include "format/checks.gen.h"
#include "format/inode.gen.h"
#include "map/cluster.h"

namespace erofs::check {
namespace {

using decode::ClusterHeader;
using Kind = map::Pcluster::Kind;
using View = format::ClusterHeaderView;

// Judges one compressed file: what its header and its clusters tell.
class ClusterPhase {
 public:
  ClusterPhase(Context& ctx, const read::Node& node, map::ClusterMap& map)
      : ctx_(ctx), node_(node), map_(map), header_(map.header()) {}

  void header();
  [[nodiscard]] bool content();
  void algorithms();

 private:
  void lcluster();
  void tail();
  void gap();
  void table(Place from, Place end);
  void range(Place at, std::uint64_t length, RangeKind kind);
  void shown(const map::Pcluster& found);
  void pcluster(const map::Pcluster& found);
  void gain(const map::Pcluster& found);
  void encoded(const map::Pcluster& found);
  void submit(const map::Extent& extent);
  void raw(const map::Pcluster& found);
  void store(const map::Pcluster& found);
  void fragment(const map::Pcluster& found);
  [[nodiscard]] std::uint64_t behind(std::uint64_t offset);
  [[nodiscard]] Place field(std::size_t at) const noexcept {
    return map_.header_place().plus(at);
  }

  Context& ctx_;
  const read::Node& node_;
  map::ClusterMap& map_;
  const ClusterHeader& header_;
  bool unsupported_ = false;
};

// The algorithms of an index that it does not use; of the others mapping has
// told.
void ClusterPhase::algorithms() {
  constexpr auto kLast = static_cast<std::uint8_t>(format::Algorithm::kZstd);
  if (map_.index() == nullptr || unsupported_) return;
  if (header_.head1 > kLast || header_.head2 > kLast) {
    ctx_.find(RuleId::cluster_algorithm2_known, field(View::kHAlgorithmtypeAt),
              map_.header_view().h_algorithmtype());
  }
}

void ClusterPhase::lcluster() {
  if (header_.lcluster_bits != ctx_.volume.geometry().block_bits) {
    ctx_.find(RuleId::cluster_lclusterbits_block, field(View::kHClusterbitsAt),
              header_.lcluster_bits);
  }
}

void ClusterPhase::tail() {
  const View view = map_.header_view();
  if (!header_.inline_tail) return;
  if (header_.fragment) {
    ctx_.find(RuleId::cluster_inline_fragment, field(View::kHAdviseAt),
              view.h_advise());
  } else if (header_.idata_size == 0) {
    ctx_.find(RuleId::cluster_inline_nonzero, field(View::kHAdviseAt),
              view.h_advise());
  }
}

// What a full index leaves unused behind the header.
void ClusterPhase::gap() {
  std::array<std::byte, format::FullIndexView::kSize> bytes{};
  const Place at = field(View::kSize);
  if (!ctx_.ok(map::read({node_.file.space, at}, MutableBytes(bytes)))) return;
  if (const auto nonzero = ByteView(bytes).find_nonzero()) {
    ctx_.find(RuleId::cluster_header_gap_zero, at.plus(*nonzero),
              std::to_integer<std::uint64_t>(bytes[*nonzero]));
  }
}

// Header and table are metadata of the inode.
void ClusterPhase::table(Place from, Place end) {
  static_cast<void>(
      ctx_.ok(ctx_.space.add(from, end.offset - from.offset,
                             RangeKind::kClusterMap, node_.nid, ctx_.budget)));
}

void ClusterPhase::header() {
  const View view = map_.header_view();
  format::lint(view, ctx_.volume.geometry().features, [&](const auto& breach) {
    ctx_.find(breach.rule, field(breach.at), breach.value);
  });
  if (header_.whole_fragment) {
    if (node_.inode().layout == format::Layout::kCompressedCompact) {
      ctx_.find(RuleId::cluster_fragment_layout, field(View::kHClusterbitsAt),
                view.h_clusterbits());
    }
    return table(field(0), field(View::kSize));
  }
  // Of large records these bits are part of their number.
  const bool counted =
      header_.extents && header_.record_size > format::ExtentRecord8View::kSize;
  if (!counted && view.h_clusterbits_reserved() != 0) {
    ctx_.find(RuleId::cluster_clusterbits_reserved,
              field(View::kHClusterbitsAt), view.h_clusterbits());
  }
  if (map::ClusterRecords* records = map_.records()) {
    ctx_.beyond_32.note(node_.nid);
    table(field(0), field(View::kSize));
    table(records->place(), records->end());
    cluster_records(ctx_, header_, *records);
  }
  if (map::ClusterIndex* index = map_.index()) {
    lcluster();
    tail();
    if (!header_.compact) gap();
    table(field(0), index->end());
    cluster_index(ctx_, node_, header_, *index);
  }
}

// Where to go on after a fault at `offset`: at the next extent, as far as
// that can be told.
std::uint64_t ClusterPhase::behind(std::uint64_t offset) {
  const std::uint64_t size = node_.inode().size;
  if (map::ClusterRecords* records = map_.records()) {
    const auto extent = records->extent(offset, ctx_.budget);
    return extent && extent->end > offset ? extent->end : size;
  }
  map::ClusterIndex* index = map_.index();
  if (index == nullptr) return size;
  std::uint64_t lcn = (offset >> header_.lcluster_bits) + 1;
  for (; lcn < index->count(); ++lcn) {
    const auto entry = index->entry(lcn, ctx_.budget);
    if (!entry || !ctx_.budget.work(1, index->entry_place(lcn))) break;
    const bool good = entry->clusterofs < header_.lcluster_size();
    if (entry->head() && good) {
      return (lcn << header_.lcluster_bits) + entry->clusterofs;
    }
  }
  return size;
}

void ClusterPhase::range(Place at, std::uint64_t length, RangeKind kind) {
  static_cast<void>(
      ctx_.ok(ctx_.space.add(at, length, kind, node_.nid, ctx_.budget)));
}

// A raw cluster: what is content of the extent, and what is not.
void ClusterPhase::shown(const map::Pcluster& found) {
  const RangeKind kind = ctx_.stored_as(node_.nid, RangeKind::kRawCluster);
  const unsigned bits = ctx_.volume.geometry().block_bits;
  const std::uint64_t begin = found.location.place.offset;
  const std::uint64_t end = begin + found.stored;
  // Interlaced content begins in the last block.
  map::Extent part = found.extent(found.start, bits);
  const std::uint64_t turned = part.location.place.offset;
  const std::uint64_t turned_end = std::min(end, turned + part.length);
  std::uint64_t front = begin;
  if (part.length < found.length()) {
    part = found.extent(found.start + part.length, bits);
    front = std::min(turned, begin + part.length);
    range({found.location.place.space, begin}, front - begin, kind);
  }
  const std::uint32_t space = found.location.place.space;
  range({space, front}, turned - front, RangeKind::kClusterSlack);
  range({space, turned}, turned_end - turned, kind);
  range({space, turned_end}, end - turned_end, RangeKind::kClusterSlack);
}

// What the clusters' bytes are. Compressed directories may share what they
// have in common like any data.
void ClusterPhase::store(const map::Pcluster& found) {
  if (found.in_inode) {
    range(found.location.place, found.stored, RangeKind::kInlineCluster);
  } else if (found.kind == Kind::kRaw) {
    shown(found);
  } else {
    range(found.location.place, found.stored,
          ctx_.stored_as(node_.nid, RangeKind::kCluster));
  }
  if (!found.in_inode) {
    const unsigned bits = ctx_.volume.geometry().block_bits;
    static_cast<void>(ctx_.ok(ctx_.cluster_forms.add(
        ClusterForm(found, bits, node_.nid), ctx_.budget)));
    return;
  }
  ctx_.inline_data.note(node_.nid);
  ctx_.report.inventory.inline_clusters.note(found.stored, found.length());
}

void ClusterPhase::gain(const map::Pcluster& found) {
  // Without padding the end of an LZ4 stream is nowhere told, so that every
  // extent is a partial one.
  const bool open_end = found.algorithm == format::Algorithm::kLz4 &&
                        !ctx_.volume.codecs().zero_padded;
  if (found.partial || open_end || found.stored <= found.length()) return;
  ctx_.find(found.tail ? RuleId::cluster_pcluster_gain_tail
                       : RuleId::cluster_pcluster_gain,
            found.at, found.stored);
}

void ClusterPhase::encoded(const map::Pcluster& found) {
  const decode::Geometry& geometry = ctx_.volume.geometry();
  const auto algorithm = static_cast<std::size_t>(found.algorithm);
  ctx_.report.inventory.by_algorithm[algorithm].note(found.stored,
                                                     found.length());
  store(found);
  gain(found);
  const Place at = found.location.place;
  const bool lz4 = found.algorithm == format::Algorithm::kLz4;
  if (lz4) ctx_.lz4.note(node_.nid);
  if (lz4 && !found.in_inode) {
    ctx_.lz4_blocks.note(
        checked::ceil_div(geometry.block_offset(at.offset) + found.stored,
                          geometry.block_size()),
        node_.nid);
  }
  if (!ctx_.decodes) return;
  const map::Extent extent = found.extent(found.start, geometry.block_bits);
  if (!found.in_inode && ctx_.known_streams.known(at, extent.stream)) return;
  if (ctx_.ok(ctx_.budget.work(found.stored, at)) &&
      ctx_.ok(ctx_.budget.output(extent.stream.decoded, at))) {
    submit(extent);
  }
}

// Bytes in the metabox are read here and now: what that costs must not
// depend on who comes first.
void ClusterPhase::submit(const map::Extent& extent) {
  const Place at = extent.location.place;
  if (at.space != Place::kMetabox) {
    return ctx_.streams.add(extent, node_.nid);
  }
  std::vector<std::byte> bytes(extent.stream.stored);
  if (ctx_.ok(map::read(extent.location, MutableBytes(bytes))) &&
      ctx_.ok(ctx_.volume.charge(ctx_.budget, at))) {
    ctx_.streams.add(extent, node_.nid, ByteView(bytes));
  }
}

void ClusterPhase::raw(const map::Pcluster& found) {
  ctx_.report.inventory.raw_clusters.note(found.stored, found.length());
  store(found);
  if (found.in_inode) {
    if (header_.interlaced) {
      ctx_.find(RuleId::cluster_inline_interlaced, found.location.place,
                found.stored);
    }
    return;
  }
  const decode::Geometry& geometry = ctx_.volume.geometry();
  const bool aligned = geometry.block_offset(found.location.place.offset) == 0;
  if (header_.extents && header_.interlaced && aligned &&
      geometry.block_offset(found.stored) != 0) {
    ctx_.find(RuleId::cluster_record_interlaced, found.at, found.stored);
  }
}

void ClusterPhase::pcluster(const map::Pcluster& found) {
  Inventory& inventory = ctx_.report.inventory;
  switch (found.kind) {
    case Kind::kHole:
      if (node_.inode().type != format::ModeType::kRegular) return;
      inventory.hole_bytes = checked::add(inventory.hole_bytes, found.length())
                                 .value_or(~std::uint64_t{0});
      return;
    case Kind::kRaw:
      return raw(found);
    case Kind::kEncoded:
      return encoded(found);
    case Kind::kFragment:
      inventory.fragments.note(0, found.length());
      // They lie in content whose own place is known.
      if (ctx_.space.keeps_each()) {
        range(found.location.place, found.length(), RangeKind::kFragment);
      }
      return fragment(found);
  }
}

void ClusterPhase::fragment(const map::Pcluster& found) {
  // Bytes; the longest that are known to have got lost.
  constexpr std::uint64_t kShort = std::uint64_t{1} << 6;
  if (found.location.place.offset != 0 || found.length() > kShort) return;
  if (ctx_.first_fragment == 0) ctx_.first_fragment = found.length();
  if (ctx_.first_fragment != found.length()) {
    ctx_.find(RuleId::cluster_fragment_same_start, found.at, found.length());
  }
}

bool ClusterPhase::content() {
  // An extent costs more than the few bytes that describe it.
  constexpr std::uint64_t kPerExtent = std::uint64_t{1} << 6;
  const std::uint64_t size = node_.inode().size;
  bool whole = true;
  for (std::uint64_t offset = 0; offset < size && !ctx_.stopped;) {
    if (!ctx_.ok(ctx_.budget.work(kPerExtent, node_.at))) break;
    const auto found = map_.pcluster(offset, ctx_.budget);
    if (found) {
      pcluster(*found);
      ctx_.ticker.content(found->end - offset);
      offset = found->end;
      continue;
    }
    unsupported_ |= found.error().kind == FaultKind::kUnsupported;
    ctx_.fault(found.error());
    whole = false;
    offset = behind(offset);
  }
  return whole && !ctx_.stopped;
}

}  // namespace

bool clusters(Context& ctx, const read::Node& node, map::ClusterMap& map) {
  ctx.compressed.note(node.nid);
  ClusterPhase phase(ctx, node, map);
  phase.header();
  const bool whole = phase.content();
  phase.algorithms();
  return whole;
}

void empty_clusters(Context& ctx, const read::Node& node) {
  ctx.compressed.note(node.nid);
  ctx.find(RuleId::cluster_size_zero,
           node.at.plus(format::InodeCompactView::kISizeAt), 0);
}

}  // namespace erofs::check
