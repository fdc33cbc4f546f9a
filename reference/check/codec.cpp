// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "check/phases.h"
#include "format/checks.gen.h"
#include "format/codec.gen.h"
#include "format/superblock.gen.h"

namespace erofs::check {
namespace {

using format::Algorithm;
using Super = format::SuperblockView;

Place super_field(std::size_t at) noexcept {
  return Place{Place::kPrimary, format::kSuperblockOffset + at};
}

template <class View>
void fields(Context& ctx, ByteView payload, Place at) {
  const auto bytes = payload.fixed<View::kSize>(0);
  if (!bytes) return;
  format::lint(View(*bytes), ctx.volume.geometry().features,
               [&](const auto& breach) {
                 ctx.find(breach.rule, at.plus(breach.at), breach.value);
               });
}

void record(Context& ctx, const decode::CodecRecordPlace& place) {
  // The length field stands right before the payload.
  constexpr std::size_t kHead = format::CodecRecordView::kSize;
  const Place head{place.at.space, place.at.offset - kHead};
  static_cast<void>(ctx.ok(ctx.space.add(
      head, kHead + place.size, RangeKind::kCodecRecord, 0, ctx.budget)));
  const std::size_t defined = decode::codec_record_size(place.algorithm);
  if (place.size > defined) {
    ctx.find(RuleId::codec_record_exact, head, place.size);
  }
  std::vector<std::byte> bytes(std::min<std::size_t>(place.size, defined));
  if (!ctx.ok(ctx.budget.work(bytes.size(), place.at)) ||
      !ctx.ok(ctx.volume.devices().primary().read(place.at.offset,
                                                  MutableBytes(bytes)))) {
    return;
  }
  switch (place.algorithm) {
    case Algorithm::kLz4:
      return fields<format::Lz4ConfigView>(ctx, ByteView(bytes), place.at);
    case Algorithm::kLzma:
      return fields<format::LzmaConfigView>(ctx, ByteView(bytes), place.at);
    case Algorithm::kDeflate:
      return fields<format::DeflateConfigView>(ctx, ByteView(bytes), place.at);
    case Algorithm::kZstd:
      return fields<format::ZstdConfigView>(ctx, ByteView(bytes), place.at);
  }
}

}  // namespace

void codecs(Context& ctx) {
  for (const auto& place : ctx.volume.codec_records()) record(ctx, place);
  const format::Features& set = ctx.volume.geometry().features;
  if (set.incompat_has(format::incompat::kComprCfgs) &&
      ctx.volume.superblock().compression == 0) {
    ctx.find(RuleId::codec_algorithms_some, super_field(Super::kU1At), 0);
  }
}

void codecs_in_use(Context& ctx) {
  const decode::Codecs& codecs = ctx.volume.codecs();
  const auto most = std::max<std::uint32_t>(codecs.lz4_max_pclusterblks, 1);
  if (codecs.has(Algorithm::kLz4) && ctx.lz4_blocks.value > most) {
    ctx.nid = ctx.lz4_blocks.nid;
    Place at = super_field(Super::kU1At);
    for (const auto& place : ctx.volume.codec_records()) {
      if (place.algorithm == Algorithm::kLz4) {
        at = place.at.plus(format::Lz4ConfigView::kMaxPclusterblksAt);
      }
    }
    ctx.find(RuleId::codec_lz4_covers, at, ctx.lz4_blocks.value);
  }
  const format::Features& set = ctx.volume.geometry().features;
  // Without records an inode may use no algorithm but LZ4.
  const FirstUse& use =
      set.incompat_has(format::incompat::kComprCfgs) ? ctx.lz4 : ctx.compressed;
  if (use.used && !set.incompat_has(format::incompat::kLz40padding)) {
    ctx.nid = use.nid;
    ctx.find(RuleId::codec_lz4_legacy, super_field(Super::kFeatureIncompatAt),
             set.incompat);
  }
  ctx.nid.reset();
}

}  // namespace erofs::check
