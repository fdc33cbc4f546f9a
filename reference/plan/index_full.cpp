// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "base/checked.h"
#include "format/cluster.gen.h"
#include "format/limits.gen.h"
#include "plan/bytes_out.h"
#include "plan/cluster_entries.h"
#include "plan/cluster_header.h"
#include "plan/cluster_index.h"

namespace erofs::plan {
namespace {

// Bytes behind the header that nobody uses.
constexpr std::size_t kGap = 8;

format::FullIndexBuilder entry_of(const ClusterEntry& entry) {
  format::FullIndexBuilder out;
  out.di_advise_type(static_cast<std::uint32_t>(entry.type));
  if (entry.type != format::ClusterType::kNonhead) {
    out.di_clusterofs(entry.offset)
        .di_advise_partial_ref(entry.partial ? 1 : 0)
        .blkaddr(static_cast<std::uint32_t>(entry.block));
    return out;
  }
  const std::uint32_t back = entry.count_mark != 0
                                 ? format::kCblkcntFlag | (entry.count_mark - 1)
                                 : entry.back;
  out.di_u_delta0(back).di_u_delta1(entry.forward);
  return out;
}

}  // namespace

std::size_t full_index_size(const MapFacts& facts) noexcept {
  const std::uint64_t entries =
      checked::ceil_div(facts.size, std::uint64_t{1} << facts.block_bits);
  return format::ClusterHeaderView::kSize + kGap +
         static_cast<std::size_t>(entries) * format::FullIndexView::kSize;
}

std::vector<std::byte> full_index(std::span<const Extent> extents,
                                  const MapFacts& facts) {
  std::vector<std::byte> out;
  out.reserve(full_index_size(facts));
  append(out, cluster_header(extents, facts).bytes());
  out.resize(out.size() + kGap);
  for (const ClusterEntry& entry :
       cluster_entries(extents, facts.size, facts.block_bits, facts.big)) {
    append(out, entry_of(entry).bytes());
  }
  return out;
}

}  // namespace erofs::plan
