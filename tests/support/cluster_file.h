// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_SUPPORT_CLUSTER_FILE_H_
#define EROFS_SUPPORT_CLUSTER_FILE_H_

#include <cstdint>
#include <optional>
#include <utility>

#include "format/cluster.gen.h"
#include "format/features.gen.h"
#include "image/memory_source.h"
#include "map/extent.h"
#include "map/image.h"
#include "support/hex.h"

namespace erofs::test {

// One entry of a full index that begins an extent.
inline Bytes head(format::ClusterType type, std::uint16_t offset,
                  std::uint32_t block, bool partial = false) {
  const auto out = format::FullIndexBuilder()
                       .di_advise_type(static_cast<std::uint32_t>(type))
                       .di_advise_partial_ref(partial ? 1 : 0)
                       .di_clusterofs(offset)
                       .blkaddr(block);
  return {out.bytes().begin(), out.bytes().end()};
}

inline Bytes head1(std::uint16_t offset, std::uint32_t block) {
  return head(format::ClusterType::kHead1, offset, block);
}

inline Bytes plain(std::uint16_t offset, std::uint32_t block) {
  return head(format::ClusterType::kPlain, offset, block);
}

// One that begins none.
inline Bytes nonhead(std::uint32_t back, std::uint32_t forward = 1) {
  const auto out = format::FullIndexBuilder()
                       .di_advise_type(2)
                       .di_u_delta0(back)
                       .di_u_delta1(forward);
  return {out.bytes().begin(), out.bytes().end()};
}

inline Bytes counted(std::uint32_t blocks) {
  return nonhead(format::kCblkcntFlag | blocks);
}

// A compressed file on a device of its own, 512-byte blocks: the inode ends
// at kTail, the map header stands at kHeader, and what follows it at kTable.
class ClusterFile {
 public:
  static constexpr std::uint64_t kTail = 1060;
  static constexpr std::uint64_t kHeader = 1064;
  static constexpr std::uint64_t kTable = 1072;  // 16 behind a multiple of 32
  static constexpr std::uint64_t kFull = 1080;   // behind the gap

  ClusterFile(std::size_t device_size, std::uint64_t size, const Bytes& header,
              const Bytes& table,
              format::Layout layout = format::Layout::kCompressedFull)
      : bytes_(patched(patched(repeat(0, device_size), kHeader, header), kTable,
                       table)),
        source_(view(bytes_)) {
    geometry.block_bits = 9;
    geometry.features.incompat = format::incompat::kBigPcluster;
    codecs.available = 0b1011;
    devices_.emplace(source_, std::span<const image::Source* const>(),
                     std::vector<decode::DeviceSlot>(), geometry);
    image = {&*devices_, &geometry, &codecs, nullptr, nullptr, true};
    file.inode.layout = layout;
    file.inode.size = size;
    file.tail = {Place::kPrimary, kTail};
    file.space = &source_;
  }
  ClusterFile(const ClusterFile&) = delete;
  ClusterFile& operator=(const ClusterFile&) = delete;

  // Gives the image a packed inode with `size` bytes of content.
  void pack(std::size_t size) {
    packed_bytes_ = repeat(0x70, size);
    packed_.emplace(view(packed_bytes_));
    image.packed = &*packed_;
  }
  [[nodiscard]] const image::Source& source() const { return source_; }

  decode::Geometry geometry;
  decode::Codecs codecs;
  map::Image image;
  map::File file;

 private:
  Bytes bytes_;
  Bytes packed_bytes_;
  image::MemorySource source_;
  std::optional<image::MemorySource> packed_;
  std::optional<map::DeviceMap> devices_;
};

// Eight zero bytes, which stand before a full index.
inline const Bytes kGap = repeat(0, 8);

}  // namespace erofs::test

#endif  // EROFS_SUPPORT_CLUSTER_FILE_H_
