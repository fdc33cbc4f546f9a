// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECODE_CLUSTER_FULL_H_
#define EROFS_DECODE_CLUSTER_FULL_H_

#include "decode/cluster.h"
#include "format/cluster.gen.h"

namespace erofs::decode {

// Decodes one entry of the full index; any bytes mean something. Spec:
// cluster-map, "Full index".
[[nodiscard]] Lcluster cluster_full(format::FullIndexView view) noexcept;

}  // namespace erofs::decode

#endif  // EROFS_DECODE_CLUSTER_FULL_H_
