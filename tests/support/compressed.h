// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_SUPPORT_COMPRESSED_H_
#define EROFS_SUPPORT_COMPRESSED_H_

#include <cstdint>
#include <vector>

#include "format/cluster.gen.h"
#include "map/extent.h"
#include "support/image_builder.h"
#include "support/streams.h"

// Compressed inodes, put together by hand.
namespace erofs::test {

inline Bytes encoded(format::Algorithm algorithm, const Bytes& content) {
  switch (algorithm) {
    case format::Algorithm::kLz4:
      return lz4_stream(content);
    case format::Algorithm::kLzma:
      return lzma_bytes(content);
    case format::Algorithm::kDeflate:
      return deflate_stream(content);
    case format::Algorithm::kZstd:
      return zstd_stream(content);
  }
  return {};
}

// `stream` at the end of `size` bytes.
inline Bytes padded(const Bytes& stream, std::size_t size) {
  EXPECT_LE(stream.size(), size);
  return repeat(0, size - stream.size()) + stream;
}

// A pcluster that stands at byte `offset` of `source`.
inline map::Extent encoded_extent(const image::Source& source,
                                  std::uint64_t offset,
                                  const map::Stream& stream) {
  map::Extent extent;
  extent.kind = map::ExtentKind::kEncoded;
  extent.length = stream.decoded;
  extent.location = {&source, {Place::kPrimary, offset}};
  extent.stream = stream;
  return extent;
}

// An entry of a full index that begins an extent.
struct Head {
  format::ClusterType type = format::ClusterType::kHead1;
  std::uint16_t clusterofs = 0;
  std::uint32_t block = 0;
};

// What stands behind an inode with a full index: map header, gap, entries.
inline Bytes full_index(format::Algorithm algorithm,
                        const std::vector<Head>& heads) {
  Bytes out = bytes_of(format::ClusterHeaderBuilder().h_algorithmtype_head1(
                  static_cast<std::uint8_t>(algorithm))) +
              repeat(0, 8);
  for (const Head& head : heads) {
    out = out +
          bytes_of(format::FullIndexBuilder()
                       .di_advise_type(static_cast<std::uint32_t>(head.type))
                       .di_clusterofs(head.clusterofs)
                       .di_u(head.block));
  }
  return out;
}

// An image with one LZ4-compressed file, or a special inode, at kNid: three
// extents in blocks 2 to 4, the second raw, the third with a short tail.
struct CompressedImage {
  static constexpr std::uint64_t kNid = 60;

  CompressedImage() : content(sample(kSize)) {
    using format::ClusterType;
    image.super.feature_incompat(format::incompat::kLz40padding);
    image.inode(kNid,
                body(format::ModeType::kRegular, kSize,
                     format::Layout::kCompressedFull, 3),
                full_index(format::Algorithm::kLz4,
                           {{ClusterType::kHead1, 0, 2},
                            {ClusterType::kPlain, 1000, 3},
                            {ClusterType::kHead1, 900, 4},
                            {ClusterType::kPlain, kSize % 4096, 0}}));
    put(2, 0, kSecond);
    image.put(std::size_t{3} * 4096, slice(content, kSecond, kThird - kSecond));
    put(4, kThird, kSize);
  }

  // Encodes content bytes [start, end) into a block.
  void put(std::size_t block, std::size_t start, std::size_t end) {
    image.put(block * 4096,
              padded(lz4_stream(slice(content, start, end - start)), 4096));
  }

  static constexpr std::size_t kSecond = 4096 + 1000;
  static constexpr std::size_t kThird = 2 * 4096 + 900;
  static constexpr std::size_t kSize = 3 * 4096 + 500;
  Bytes content;
  ImageBuilder image;
};

}  // namespace erofs::test

#endif  // EROFS_SUPPORT_COMPRESSED_H_
