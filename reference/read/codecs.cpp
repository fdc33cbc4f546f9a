// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/codecs.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/checked.h"
#include "format/codec.gen.h"
#include "format/rule_ids.gen.h"
#include "map/device_map.h"

namespace erofs::read {
namespace {

using format::Algorithm;

// In the order of their records.
constexpr std::array kAlgorithms{Algorithm::kLz4, Algorithm::kLzma,
                                 Algorithm::kDeflate, Algorithm::kZstd};

constexpr std::uint32_t bit(Algorithm algorithm) noexcept {
  return std::uint32_t{1} << static_cast<unsigned>(algorithm);
}

class Loader {
 public:
  Loader(const image::Source& primary, const decode::Superblock& superblock,
         Budget& budget)
      : primary_(primary),
        superblock_(superblock),
        budget_(budget),
        next_{Place::kPrimary,
              std::uint64_t{format::kSuperblockOffset} + superblock.size} {}

  // The record of `algorithm`, which is the next one.
  Status record(Algorithm algorithm, LoadedCodecs& out) {
    // The superblock ends near the start of 64 bits, each record is small.
    next_.offset = (next_.offset + format::kCodecAlign - 1) &
                   ~std::uint64_t{format::kCodecAlign - 1};
    std::array<std::byte, format::CodecRecordView::kSize> head{};
    EROFS_TRY(bytes(next_, head.size(), MutableBytes(head)));
    const std::uint32_t size = format::CodecRecordView(head).size();
    const Place at = next_.plus(head.size());
    std::vector<std::byte> payload(
        std::min<std::size_t>(size, decode::codec_record_size(algorithm)));
    EROFS_TRY(bytes(at, size, MutableBytes(payload)));
    out.records.push_back({algorithm, at, size});
    EROFS_TRY(decode::codec_record(ByteView(payload), algorithm, at,
                                   superblock_.geometry, out.codecs));
    next_ = at.plus(size);
    return {};
  }

 private:
  // Fills `room` with the first of the `size` bytes at `at`.
  Status bytes(Place at, std::uint64_t size, MutableBytes room) {
    if (!checked::within(at.offset, size, primary_.size())) {
      return malformed(RuleId::codec_record_within_image, at, size);
    }
    EROFS_TRY(budget_.work(room.size(), at));
    return map::read({&primary_, at}, room);
  }

  const image::Source& primary_;
  const decode::Superblock& superblock_;
  Budget& budget_;
  Place next_;
};

}  // namespace

Result<LoadedCodecs> codecs(const image::Source& primary,
                            const decode::Superblock& superblock,
                            Budget& budget) {
  LoadedCodecs out;
  const auto& features = superblock.geometry.features;
  out.codecs.zero_padded =
      features.incompat_has(format::incompat::kLz40padding);
  if (!features.incompat_has(format::incompat::kComprCfgs)) {
    out.codecs.available = bit(Algorithm::kLz4);
    // Here the field is the LZ4 window.
    if (superblock.compression != 0) {
      out.codecs.lz4_max_distance = superblock.compression;
    }
    return out;
  }
  Loader loader(primary, superblock, budget);
  for (const Algorithm algorithm : kAlgorithms) {
    if ((superblock.compression & bit(algorithm)) == 0) continue;
    const Status loaded = loader.record(algorithm, out);
    if (loaded) {
      out.codecs.available |= bit(algorithm);
      continue;
    }
    const FaultKind kind = loaded.error().kind;
    if (kind == FaultKind::kLimit || kind == FaultKind::kIo) {
      return tl::unexpected<Fault>(loaded.error());
    }
    out.fault = loaded.error();
    break;
  }
  if (out.fault) {
    for (const Algorithm algorithm : kAlgorithms) {
      out.codecs.lost |= superblock.compression & bit(algorithm);
    }
    out.codecs.lost &= ~out.codecs.available;
    out.codecs.lost_to = *out.fault;
  }
  return out;
}

}  // namespace erofs::read
