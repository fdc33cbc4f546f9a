// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "check/phases.h"
#include "format/features.gen.h"
#include "format/kernel_version.h"
#include "format/limits.gen.h"
#include "format/superblock.gen.h"

namespace erofs::check {
namespace {

using View = format::SuperblockView;
using format::Algorithm;
using format::KernelVersion;

constexpr std::uint32_t kPage = std::uint32_t{1} << 12;

Place field(std::size_t at) noexcept {
  return Place{Place::kPrimary, format::kSuperblockOffset + at};
}

// Bits without a name are unsupported already.
void feature_bits(Context& ctx, KernelVersion kernel) {
  std::uint32_t left = ctx.volume.geometry().features.incompat;
  while (left != 0) {
    const auto mask = std::uint32_t{1} << std::countr_zero(left);
    left ^= mask;
    const auto since = format::incompat_since(mask);
    if (since && kernel < *since) {
      ctx.find(RuleId::kernel_feature_known, field(View::kFeatureIncompatAt),
               mask);
    }
  }
}

void algorithms(Context& ctx, KernelVersion kernel) {
  const decode::Codecs& codecs = ctx.volume.codecs();
  constexpr std::array kAll = {Algorithm::kLz4, Algorithm::kLzma,
                               Algorithm::kDeflate, Algorithm::kZstd};
  for (const Algorithm each : kAll) {
    const auto since = format::kernel_version(format::since_of(each));
    const bool announced = codecs.has(each) || codecs.has_lost(each);
    if (announced && since && kernel < *since) {
      ctx.find(RuleId::kernel_algorithm_known, field(View::kU1At),
               static_cast<std::uint64_t>(each));
    }
  }
}

void blocks(Context& ctx, KernelVersion kernel) {
  const std::uint32_t size = ctx.volume.geometry().block_size();
  const KernelVersion since = ctx.compressed.used ? format::kSmallClustersKernel
                                                  : format::kSmallBlocksKernel;
  if (size >= kPage || kernel >= since) return;
  if (ctx.compressed.used) ctx.nid = ctx.compressed.nid;
  ctx.find(RuleId::kernel_block_size, field(View::kBlkszbitsAt), size);
  ctx.nid.reset();
}

// A form of inode and the bit that should announce it.
struct Form {
  const FirstUse& use;
  std::uint32_t mask = 0;
};

void inodes(Context& ctx, KernelVersion kernel) {
  const format::Features& set = ctx.volume.geometry().features;
  const std::array forms = {
      Form{ctx.chunked, format::incompat::kChunkedFile},
      Form{ctx.beyond_32, format::incompat::k48bit},
      Form{ctx.inline_data, format::incompat::kZtailpacking},
      Form{ctx.head2, format::incompat::kComprHead2}};
  for (const Form& form : forms) {
    const auto since = format::incompat_since(form.mask);
    if (!form.use.used || set.incompat_has(form.mask)) continue;
    if (!since || kernel >= *since) continue;
    ctx.nid = form.use.nid;
    ctx.find(RuleId::kernel_inode_known, field(View::kFeatureIncompatAt),
             form.mask);
  }
  ctx.nid.reset();
}

void devices(Context& ctx, KernelVersion kernel) {
  const map::DeviceMap& map = ctx.volume.devices();
  if (!map.flattened() || kernel >= format::kFlattenedKernel) return;
  // One that is elsewhere is given when the image is mounted.
  if (std::ranges::none_of(ctx.report.blobs, &ExternalBlob::given)) return;
  ctx.find(RuleId::kernel_device_flattened, field(View::kExtraDevicesAt),
           map.slots().size());
}

}  // namespace

void kernel(Context& ctx) {
  if (!ctx.kernel) return;
  feature_bits(ctx, *ctx.kernel);
  algorithms(ctx, *ctx.kernel);
  blocks(ctx, *ctx.kernel);
  inodes(ctx, *ctx.kernel);
  devices(ctx, *ctx.kernel);
}

}  // namespace erofs::check
