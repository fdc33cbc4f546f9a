// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/cluster.h"

#include "format/rule_ids.gen.h"

namespace erofs::decode {
namespace {

using format::ClusterHeaderView;

// The short form: all bits but the highest are the position.
std::uint64_t short_form_offset(const ClusterHeaderView& view) noexcept {
  constexpr unsigned kAdvise = 8 * ClusterHeaderView::kHAdviseAt;
  constexpr unsigned kAlgorithm = 8 * ClusterHeaderView::kHAlgorithmtypeAt;
  constexpr unsigned kBits = 8 * ClusterHeaderView::kHClusterbitsAt;
  const std::uint32_t highest =
      view.h_clusterbits_lclusterbits() | view.h_clusterbits_reserved() << 4;
  return view.h_fragmentoff() | std::uint64_t{view.h_advise()} << kAdvise |
         std::uint64_t{view.h_algorithmtype()} << kAlgorithm |
         std::uint64_t{highest} << kBits;
}

// Extent records: the bits of the algorithm are those of a count in the
// larger ones (h_extents_hi, whose bit 15 is that of the short form).
void set_records(const ClusterHeaderView& view, ClusterHeader& out) noexcept {
  const std::uint32_t size_class = view.h_advise_big_1() | view.h_advise_big_2()
                                                               << 1;
  out.extents = true;
  out.record_size =
      static_cast<std::uint8_t>(format::ExtentRecord4View::kSize << size_class);
  if (out.record_size >= format::ExtentRecord16View::kSize) {
    const std::uint64_t high =
        view.h_algorithmtype() | std::uint64_t{view.h_clusterbits()} << 8;
    out.record_count = view.h_extents_lo() | high << 32;
    out.lcluster_bits = 0;
  }
}

void set_indexes(const ClusterHeaderView& view, ClusterHeader& out) noexcept {
  out.compact_2b = out.compact && view.h_advise_form() != 0;
  out.big_1 = view.h_advise_big_1() != 0;
  out.big_2 = view.h_advise_big_2() != 0;
  out.inline_tail = view.h_advise_inline_tail() != 0;
  out.head1 = static_cast<std::uint8_t>(view.h_algorithmtype_head1());
  out.head2 = static_cast<std::uint8_t>(view.h_algorithmtype_head2());
  if (out.fragment) {
    // The same field is an offset then, and Linux looks at it first.
    out.fragment_offset = view.h_fragmentoff();
  } else if (out.inline_tail) {
    out.idata_size =
        static_cast<std::uint16_t>(view.h_fragmentoff_idata_size());
  }
}

// Linux refuses larger ones at the latest when it maps the first extent,
// however short the file is: ends are counted in whole logical clusters.
std::uint32_t largest_lcluster_bits(const ClusterHeader& header) noexcept {
  if (!header.compact) return format::kLclusterBitsMax;
  return header.compact_2b ? format::kCompact2bLclusterBitsMax
                           : format::kCompactLclusterBitsMax;
}

Status judge_indexes(const ClusterHeader& header, Place at,
                     const Geometry& geometry) {
  if (header.lcluster_bits > largest_lcluster_bits(header)) {
    return malformed(RuleId::cluster_lclusterbits_limit,
                     at.plus(ClusterHeaderView::kHClusterbitsAt),
                     header.lcluster_bits);
  }
  const Place advise = at.plus(ClusterHeaderView::kHAdviseAt);
  const bool any = header.big_1 || header.big_2;
  if (any && !geometry.features.incompat_has(format::incompat::kBigPcluster)) {
    return malformed(RuleId::cluster_big_needs_feature, advise,
                     header.big_1 ? 1 : 2);
  }
  if (header.compact && header.big_1 != header.big_2) {
    return malformed(RuleId::cluster_big_consistent, advise,
                     header.big_1 ? 1 : 2);
  }
  return {};
}

}  // namespace

Result<ClusterHeader> cluster_header(ClusterHeaderView view,
                                     format::Layout layout, Place at,
                                     const Geometry& geometry) {
  ClusterHeader out;
  out.compact = layout == format::Layout::kCompressedCompact;
  if (view.h_clusterbits_whole_fragment() != 0) {
    out.whole_fragment = true;
    out.fragment_offset = short_form_offset(view);
    return out;
  }
  out.interlaced = view.h_advise_interlaced() != 0;
  out.fragment = view.h_advise_fragment() != 0;
  out.lcluster_bits = static_cast<std::uint8_t>(
      geometry.block_bits + view.h_clusterbits_lclusterbits());
  if (!out.compact && view.h_advise_form() != 0) {
    set_records(view, out);
    return out;
  }
  set_indexes(view, out);
  EROFS_TRY(judge_indexes(out, at, geometry));
  return out;
}

}  // namespace erofs::decode
