// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/codec.h"

#include "format/codec.gen.h"
#include "format/field_fault.h"

namespace erofs::decode {
namespace {

using format::Algorithm;
using format::DeflateConfigView;
using format::Lz4ConfigView;
using format::LzmaConfigView;
using format::ZstdConfigView;

// The structure at the start of `payload`, every malformed rule of its fields
// obeyed.
template <class View>
Result<View> settings(ByteView payload, Place at, const Geometry& geometry) {
  const auto bytes = payload.fixed<View::kSize>(0);
  if (!bytes) {
    return malformed(RuleId::codec_record_size, at, payload.size());
  }
  const View view(*bytes);
  EROFS_TRY(format::accept(view, geometry.features, at));
  return view;
}

Status lz4(ByteView payload, Place at, const Geometry& geometry, Codecs& out) {
  auto found = settings<Lz4ConfigView>(payload, at, geometry);
  if (!found) return tl::unexpected<Fault>(found.error());
  const std::uint32_t distance = found->max_distance();
  const std::uint32_t blocks = found->max_pclusterblks();
  if (blocks > format::kPclusterMax >> geometry.block_bits) {
    return malformed(RuleId::codec_lz4_pcluster_blocks,
                     at.plus(Lz4ConfigView::kMaxPclusterblksAt), blocks);
  }
  out.lz4_max_distance = distance == 0 ? format::kLz4DistanceDefault : distance;
  out.lz4_max_pclusterblks = blocks == 0 ? 1 : blocks;
  return {};
}

Status lzma(ByteView payload, Place at, const Geometry& geometry, Codecs& out) {
  auto found = settings<LzmaConfigView>(payload, at, geometry);
  if (!found) return tl::unexpected<Fault>(found.error());
  out.lzma_dict_size = found->dict_size();
  return {};
}

Status deflate(ByteView payload, Place at, const Geometry& geometry,
               Codecs& out) {
  auto found = settings<DeflateConfigView>(payload, at, geometry);
  if (!found) return tl::unexpected<Fault>(found.error());
  out.deflate_window_bits = found->windowbits();
  return {};
}

Status zstd(ByteView payload, Place at, const Geometry& geometry, Codecs& out) {
  auto found = settings<ZstdConfigView>(payload, at, geometry);
  if (!found) return tl::unexpected<Fault>(found.error());
  out.zstd_window_bits =
      static_cast<std::uint8_t>(format::kZstdWindowBase + found->windowlog());
  return {};
}

}  // namespace

std::size_t codec_record_size(Algorithm algorithm) noexcept {
  switch (algorithm) {
    case Algorithm::kLz4:
      return Lz4ConfigView::kSize;
    case Algorithm::kLzma:
      return LzmaConfigView::kSize;
    case Algorithm::kDeflate:
      return DeflateConfigView::kSize;
    case Algorithm::kZstd:
      return ZstdConfigView::kSize;
  }
  return 0;
}

Status codec_record(ByteView payload, Algorithm algorithm, Place at,
                    const Geometry& geometry, Codecs& out) {
  switch (algorithm) {
    case Algorithm::kLz4:
      return lz4(payload, at, geometry, out);
    case Algorithm::kLzma:
      return lzma(payload, at, geometry, out);
    case Algorithm::kDeflate:
      return deflate(payload, at, geometry, out);
    case Algorithm::kZstd:
      return zstd(payload, at, geometry, out);
  }
  return {};
}

}  // namespace erofs::decode
