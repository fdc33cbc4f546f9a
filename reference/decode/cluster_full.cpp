// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/cluster_full.h"

#include "format/limits.gen.h"

namespace erofs::decode {

Lcluster cluster_full(format::FullIndexView view) noexcept {
  Lcluster out;
  // Two bits, and four types.
  out.type = static_cast<format::ClusterType>(view.di_advise_type());
  out.hole = view.di_advise_hole() != 0;
  if (out.head()) {
    out.partial = view.di_advise_partial_ref() != 0;
    out.clusterofs = view.di_clusterofs();
    out.block = view.blkaddr();
    return out;
  }
  out.has_forward = true;
  out.forward = view.di_u_delta1();
  const std::uint32_t stored = view.di_u_delta0();
  out.counts = (stored & format::kCblkcntFlag) != 0;
  if (out.counts) {
    out.blocks = stored & ~format::kCblkcntFlag;
    out.back = 1;
  } else {
    out.back = stored;
  }
  return out;
}

}  // namespace erofs::decode
