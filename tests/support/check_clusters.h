// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_SUPPORT_CHECK_CLUSTERS_H_
#define EROFS_SUPPORT_CHECK_CLUSTERS_H_

#include <cstdint>

#include "format/features.gen.h"
#include "support/check_image.h"
#include "support/cluster_file.h"
#include "support/compressed.h"

// Images for the checker with one compressed file, /it, which is node 1.
namespace erofs::test {

inline Bytes header_bytes(const format::ClusterHeaderBuilder& header) {
  return bytes_of(header);
}

struct CheckClusters {
  // Where data blocks begin: behind superblock and inodes.
  static constexpr std::size_t kData = 8192;
  static constexpr std::size_t kBlock = 4096;
  static constexpr std::uint32_t kFirst = kData / kBlock;

  std::size_t size = 0;  // i_size
  format::ClusterHeaderBuilder header = {};
  Bytes table = {};  // behind the header and, with full indexes, the gap
  Bytes data = {};   // whole blocks
  format::Layout layout = format::Layout::kCompressedFull;
  std::uint32_t incompat = format::incompat::kLz40padding;

  // Puts `stream` at the end of a block of its own.
  void block(const Bytes& stream) { data = data + padded(stream, kBlock); }

  [[nodiscard]] CheckImage image() const {
    TestNode node;
    node.layout = layout;
    node.table = bytes_of(header) + table;
    node.edit = [size = size](format::InodeCompactBuilder& inode) {
      inode.i_size(static_cast<std::uint32_t>(size)).i_u(1);
    };
    CheckImage out({directory({{"it", 1}}), node});
    EXPECT_EQ(out.append(data.size() / kBlock), kData);
    out.put(kData, data);
    out.edit([&](format::SuperblockBuilder& super) {
      super.feature_incompat(incompat);
    });
    return out;
  }
};

// Where the map header of the file stands, and what is `at` bytes behind it.
inline std::size_t header_at(const CheckImage& image, std::size_t at = 0) {
  return image.at(1) + format::InodeCompactView::kSize + at;
}

// Three extents in as many blocks, the second raw, with a full index and a
// terminator. Entry k stands 16 + 8 * k bytes behind the map header.
inline CheckClusters three_extents() {
  constexpr std::size_t kSecond = 4096 + 1000;
  constexpr std::size_t kThird = 2 * 4096 + 900;
  constexpr std::size_t kSize = 3 * 4096 + 3000;
  const Bytes content = sample(kSize);
  CheckClusters out;
  out.size = kSize;
  out.table = kGap + head1(0, 2) + plain(1000, 3) + head1(900, 4) +
              plain(kSize % 4096, 0);
  out.block(lz4_stream(slice(content, 0, kSecond)));
  out.data = out.data + slice(content, kSecond, kThird - kSecond);
  out.data.resize(2 * CheckClusters::kBlock);
  out.block(lz4_stream(slice(content, kThird, kSize - kThird)));
  return out;
}

}  // namespace erofs::test

#endif  // EROFS_SUPPORT_CHECK_CLUSTERS_H_
