// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECODE_CODEC_H_
#define EROFS_DECODE_CODEC_H_

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "decode/geometry.h"
#include "format/limits.gen.h"

namespace erofs::decode {

// What the superblock and the records behind it say of the algorithms.
struct Codecs {
  std::uint32_t available = 0;  // bit n: format::Algorithm n
  bool zero_padded = false;     // LZ4 streams end where their pcluster ends
  std::uint32_t lz4_max_distance = format::kLz4DistanceDefault;  // bytes
  std::uint32_t lz4_max_pclusterblks = 1;
  std::uint32_t lzma_dict_size = 0;  // bytes
  std::uint8_t deflate_window_bits = 15;
  std::uint8_t zstd_window_bits = 20;  // log2 of bytes, 10..20
  // Announced, but not available because `lost_to` keeps their settings from
  // being read; bits as in `available`.
  std::uint32_t lost = 0;
  Fault lost_to;

  [[nodiscard]] bool has(format::Algorithm algorithm) const noexcept {
    return (available >> static_cast<unsigned>(algorithm) & 1) != 0;
  }
  [[nodiscard]] bool has_lost(format::Algorithm algorithm) const noexcept {
    return (lost >> static_cast<unsigned>(algorithm) & 1) != 0;
  }
};

// Where the settings of one algorithm are stored.
struct CodecRecordPlace {
  format::Algorithm algorithm = format::Algorithm::kLz4;
  Place at;                // first byte behind the length field
  std::uint32_t size = 0;  // bytes of the payload, as stored
};

// Bytes that the settings of `algorithm` have; longer payloads carry more.
[[nodiscard]] std::size_t codec_record_size(
    format::Algorithm algorithm) noexcept;

// Decodes the settings of `algorithm` from `payload`, which stands at `at`,
// into `out`; says nothing of `available`. Spec: codec.
//
// Faults: codec.record.size, codec.lz4.pcluster-blocks, every malformed field
// rule of the area codec.
[[nodiscard]] Status codec_record(ByteView payload, format::Algorithm algorithm,
                                  Place at, const Geometry& geometry,
                                  Codecs& out);

}  // namespace erofs::decode

#endif  // EROFS_DECODE_CODEC_H_
