// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_READ_PCLUSTER_H_
#define EROFS_READ_PCLUSTER_H_

#include "base/bytes.h"
#include "base/result.h"
#include "decode/codec.h"
#include "decode/geometry.h"
#include "decompress/deflate.h"
#include "decompress/lzma.h"
#include "decompress/outcome.h"
#include "decompress/zstd.h"
#include "map/extent.h"

namespace erofs::read {

// Turns the stored bytes of physical clusters into content. Keeps the
// libraries' memory; for one thread at a time.
class PclusterDecoder {
 public:
  PclusterDecoder(const decode::Codecs& codecs,
                  const decode::Geometry& geometry) noexcept;

  // Decodes `extent`, which is kEncoded. `stored` has its stream.stored
  // bytes, which stand at location.place. `out` gets the first out.size() <=
  // stream.decoded decoded bytes, whatever `skip` says; where it takes them
  // all and the stream is whole, the stream must end there exactly. What
  // `out` holds after a fault is nobody's content.
  //
  // Faults: cluster.stream.*, at location.place; value: bytes that the
  // extent takes (for cluster.stream.nonzero those that are zero). io
  // (ENOMEM) where a library gets no memory.
  [[nodiscard]] Status decode(const map::Extent& extent, ByteView stored,
                              MutableBytes out);

 private:
  [[nodiscard]] decompress::Outcome run(const map::Stream& stream,
                                        ByteView bytes, MutableBytes out,
                                        decompress::Demand demand);

  bool zero_padded_;
  std::uint32_t lz4_distance_;
  std::uint32_t block_size_;
  decompress::Lzma lzma_;
  decompress::Deflate deflate_;
  decompress::Zstd zstd_;
};

}  // namespace erofs::read

#endif  // EROFS_READ_PCLUSTER_H_
