// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECODE_CLUSTER_COMPACT_H_
#define EROFS_DECODE_CLUSTER_COMPACT_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "decode/cluster.h"
#include "format/cluster.gen.h"

namespace erofs::decode {

// The entries of one pack of the compact index.
struct CompactPack {
  static constexpr std::size_t kMost = 16;
  std::array<Lcluster, kMost> entries;
  std::size_t count = 0;
};

// Decodes a pack of 8 bytes (2 entries) or 32 bytes (16 entries); other sizes
// give no entries. `big`: the map header lets pclusters have several blocks.
// Any bytes mean something. Spec: cluster-map, "Compact index".
[[nodiscard]] CompactPack cluster_compact(ByteView pack, unsigned lcluster_bits,
                                          bool big) noexcept;

// Where a compact index keeps its packs: short ones up to a multiple of 32
// bytes, long ones as far as they fit, short ones again.
class CompactRegions {
 public:
  struct Pack {
    std::uint64_t offset = 0;  // bytes, in the space of the inode
    std::uint64_t first = 0;   // lcluster of its first entry
    std::size_t size = format::CompactPack4View::kSize;  // 8 or 32 bytes
    std::size_t count = 0;                               // entries: 2 or 16
  };

  CompactRegions() = default;
  // `start`: first byte behind the map header, a multiple of 8. `total`:
  // entries as readers count them, one a block of the content. `long_packs`:
  // those of 16 entries are used. start + 4 * total + 8 fits 64 bits.
  CompactRegions(std::uint64_t start, std::uint64_t total,
                 bool long_packs) noexcept;

  // The pack that holds the entry of lcluster `lcn` < total.
  [[nodiscard]] Pack pack(std::uint64_t lcn) const noexcept;
  // First byte behind that pack.
  [[nodiscard]] std::uint64_t end(std::uint64_t lcn) const noexcept;

  [[nodiscard]] std::uint64_t start() const noexcept { return start_; }

 private:
  std::uint64_t start_ = 0;
  std::uint64_t long_first_ = 0;  // entries before the long packs: 0, 2, 4, 6
  std::uint64_t long_count_ = 0;  // entries in them, a multiple of 16
};

}  // namespace erofs::decode

#endif  // EROFS_DECODE_CLUSTER_COMPACT_H_
