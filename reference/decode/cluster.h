// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECODE_CLUSTER_H_
#define EROFS_DECODE_CLUSTER_H_

#include <cstdint>

#include "base/result.h"
#include "decode/geometry.h"
#include "format/cluster.gen.h"
#include "format/limits.gen.h"

namespace erofs::decode {

// The map header of a compressed inode with its unions resolved. Fields that
// the form at hand does not have keep their defaults.
struct ClusterHeader {
  // Short form: all content is a fragment, and nothing but fragment_offset
  // counts.
  bool whole_fragment = false;
  // Position in the packed inode: 63 bits in the short form, else the low 32
  // bits as stored (index forms with `fragment`).
  std::uint64_t fragment_offset = 0;

  bool compact = false;            // layout 3: compact indexes
  bool extents = false;            // extent records instead of indexes
  std::uint8_t record_size = 0;    // bytes: 4, 8, 16 or 32
  std::uint64_t record_count = 0;  // records of 16 and 32 bytes; 47 bits

  bool compact_2b = false;  // compact: packs of 16 entries are used
  bool big_1 = false;       // indexes: HEAD1 pclusters of several blocks
  bool big_2 = false;       // the same for HEAD2 and PLAIN
  bool inline_tail = false;
  bool interlaced = false;
  bool fragment = false;  // the last extent is a fragment
  std::uint16_t idata_size =
      0;                   // bytes; 0 without inline_tail, 0 with fragment
  std::uint8_t head1 = 0;  // algorithms as stored, 4 bits (indexes)
  std::uint8_t head2 = 0;
  std::uint8_t lcluster_bits = 0;  // indexes, records of 4 and 8 bytes

  // Bytes of a logical cluster, where lcluster_bits means something.
  [[nodiscard]] std::uint64_t lcluster_size() const noexcept {
    return std::uint64_t{1} << lcluster_bits;
  }
  // Whether pclusters that `type` begins may have several blocks.
  [[nodiscard]] bool big(format::ClusterType type) const noexcept {
    return type == format::ClusterType::kHead1 ? big_1 : big_2;
  }
};

// Decodes the map header of an inode with `layout`; `at` is where it stands.
// Spec: cluster-map.
//
// Faults: cluster.lclusterbits.limit, cluster.big.needs-feature,
// cluster.big.consistent.
[[nodiscard]] Result<ClusterHeader> cluster_header(
    format::ClusterHeaderView view, format::Layout layout, Place at,
    const Geometry& geometry);

// One entry of an index, of either form.
struct Lcluster {
  format::ClusterType type = format::ClusterType::kPlain;
  bool partial = false;  // full form: PARTIAL_REF
  bool hole = false;     // full form: bit 14 of di_advise, as stored
  // Whether the entries before it in its pack tell where a HEAD-type entry is
  // stored; `block` means nothing where not.
  bool addressed = true;
  bool counts = false;           // NONHEAD: a block count instead of a distance
  bool has_forward = false;      // NONHEAD: `forward` is stored
  std::uint32_t clusterofs = 0;  // HEAD-type: bytes, as stored
  std::uint64_t block = 0;       // HEAD-type: block address, 33 bits at most
  std::uint32_t blocks = 0;      // with `counts`
  std::uint32_t back = 0;        // NONHEAD: lclusters; 1 with `counts`
  std::uint32_t forward = 0;     // NONHEAD: lclusters, as stored

  [[nodiscard]] bool head() const noexcept {
    return type != format::ClusterType::kNonhead;
  }
};

}  // namespace erofs::decode

#endif  // EROFS_DECODE_CLUSTER_H_
