// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/pcluster.h"

#include <algorithm>
#include <cerrno>

#include "decompress/lz4.h"
#include "format/rule_ids.gen.h"

namespace erofs::read {
namespace {

using decompress::Demand;
using decompress::Outcome;
using format::Algorithm;

Status status_of(Outcome outcome, Place at, std::uint64_t size) {
  switch (outcome) {
    case Outcome::kDone:
      return {};
    case Outcome::kCorrupt:
      return malformed(RuleId::cluster_stream_valid, at, size);
    case Outcome::kShort:
      return malformed(RuleId::cluster_stream_short, at, size);
    case Outcome::kLong:
      return malformed(RuleId::cluster_stream_long, at, size);
    case Outcome::kTrailing:
      return malformed(RuleId::cluster_stream_trailing, at, size);
    case Outcome::kWindow:
      return malformed(RuleId::cluster_stream_window, at, size);
    case Outcome::kFrame:
      return malformed(RuleId::cluster_stream_frame, at, size);
    case Outcome::kNoMemory:
      break;
  }
  return io_fault(at, ENOMEM);
}

}  // namespace

PclusterDecoder::PclusterDecoder(const decode::Codecs& codecs,
                                 const decode::Geometry& geometry) noexcept
    : zero_padded_(codecs.zero_padded),
      lz4_distance_(codecs.lz4_max_distance),
      block_size_(geometry.block_size()),
      lzma_(codecs.lzma_dict_size),
      zstd_(codecs.zstd_window_bits) {}

Status PclusterDecoder::decode(const map::Extent& extent, ByteView stored,
                               MutableBytes out) {
  const map::Stream& stream = extent.stream;
  const Place at = extent.location.place;
  if (stream.algorithm == Algorithm::kLz4 && !zero_padded_) {
    // The old form: zeros stand behind the stream, whose end is not marked.
    return status_of(run(stream, stored, out, Demand::kPrefix), at,
                     stream.decoded);
  }
  // Linux looks for the stream in one block only (z_erofs_fixup_insize).
  const ByteView first = stored.head(block_size_ - at.offset % block_size_);
  const auto start = first.find_nonzero();
  if (!start) {
    return malformed(RuleId::cluster_stream_nonzero, at, first.size());
  }
  const bool whole = stream.whole && out.size() == stream.decoded;
  return status_of(run(stream, stored.from(*start).value_or(ByteView()), out,
                       whole ? Demand::kWhole : Demand::kPrefix),
                   at, stream.decoded);
}

Outcome PclusterDecoder::run(const map::Stream& stream, ByteView bytes,
                             MutableBytes out, Demand demand) {
  switch (stream.algorithm) {
    case Algorithm::kLz4:
      return decompress::lz4(bytes, out, demand, lz4_distance_);
    case Algorithm::kLzma:
      return lzma_.decode(bytes, out, demand);
    case Algorithm::kDeflate:
      return deflate_.decode(bytes, out, demand);
    case Algorithm::kZstd:
      return zstd_.decode(bytes, out, demand);
  }
  return Outcome::kCorrupt;
}

}  // namespace erofs::read
