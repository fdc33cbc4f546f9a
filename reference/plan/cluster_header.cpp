// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/cluster_header.h"

#include "plan/bytes_out.h"

namespace erofs::plan {

format::ClusterHeaderBuilder cluster_header(std::span<const Extent> extents,
                                            const MapFacts& facts) {
  format::ClusterHeaderBuilder header;
  header.h_advise_big_1(facts.big ? 1 : 0)
      .h_advise_big_2(facts.big ? 1 : 0)
      .h_algorithmtype_head1(facts.algorithm);
  const Extent& last = extents.back();
  if (last.form == Form::kFragment) {
    header.h_fragmentoff(static_cast<std::uint32_t>(last.start))
        .h_advise_fragment(1);
  } else if (last.form == Form::kInline || last.form == Form::kInlineRaw) {
    header.h_fragmentoff_idata_size(last.stored).h_advise_inline_tail(1);
  }
  return header;
}

std::vector<std::byte> fragment_header(std::uint64_t start) {
  // The position takes the whole header but for the bit that says so.
  format::ClusterHeaderBuilder mark;
  mark.h_clusterbits_whole_fragment(1);
  std::vector<std::byte> out;
  append(out, mark.bytes());
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] |= static_cast<std::byte>(start >> (8 * i));
  }
  return out;
}

}  // namespace erofs::plan
