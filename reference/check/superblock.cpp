// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <array>
#include <cstddef>
#include <vector>

#include "base/checked.h"
#include "check/phases.h"
#include "format/checks.gen.h"
#include "format/superblock.gen.h"

namespace erofs::check {
namespace {

using View = format::SuperblockView;

Place field(std::size_t at) noexcept {
  return Place{Place::kPrimary, format::kSuperblockOffset + at};
}

void extension(Context& ctx, ByteView bytes) {
  const auto rest = bytes.from(View::kSize);
  if (!rest) return;
  // The first half of the first slot is the metabox's, if there is one.
  const bool metabox = ctx.volume.superblock().metabox_nid.has_value();
  const std::uint64_t used =
      metabox ? format::SuperblockExtensionView::kMetaboxNidSize : 0;
  const auto unknown = rest->from(used);
  if (!unknown) return;
  if (const auto at = unknown->find_nonzero()) {
    ctx.find(RuleId::superblock_extension_zero, field(View::kSize + used + *at),
             std::to_integer<std::uint64_t>(unknown->span()[*at]));
  }
}

void size(Context& ctx) {
  const auto& superblock = ctx.volume.superblock();
  const std::uint64_t bytes = ctx.volume.devices().primary().size();
  const auto declared = superblock.geometry.block_at(superblock.blocks);
  if (!declared || *declared > bytes) {
    ctx.find(RuleId::superblock_blocks_within_device, field(View::kBlocksLoAt),
             superblock.blocks);
  } else if (*declared < bytes && !ctx.volume.devices().flattened()) {
    // A flattened image has its devices there.
    ctx.find(RuleId::superblock_blocks_trailing,
             Place{Place::kPrimary, *declared}, bytes - *declared);
  }
}

void features(Context& ctx, const View& view) {
  const auto& superblock = ctx.volume.superblock();
  const format::Features& set = superblock.geometry.features;
  if (!set.compat_has(format::compat::kSbChksum)) {
    ctx.find(RuleId::superblock_checksum_absent, field(View::kFeatureCompatAt),
             set.compat);
  }
  if (set.compat_has(format::compat::kIshareXattrs) &&
      view.ishare_xattr_prefix_id() >= view.xattr_prefix_count()) {
    ctx.find(RuleId::superblock_ishare_prefix,
             field(View::kIshareXattrPrefixIdAt),
             view.ishare_xattr_prefix_id());
  }
  if (set.compat_has(format::compat::kSharedEaInMetabox) &&
      !set.incompat_has(format::incompat::kMetabox)) {
    ctx.find(RuleId::superblock_shared_ea_metabox,
             field(View::kFeatureCompatAt), set.compat);
  }
  if (view.xattr_prefix_count() != 0 &&
      !set.incompat_has(format::incompat::kXattrPrefixes)) {
    ctx.find(RuleId::superblock_feature_prefixes,
             field(View::kFeatureIncompatAt), set.incompat);
  }
}

void summary(Context& ctx) {
  const auto& superblock = ctx.volume.superblock();
  Summary& into = ctx.report.summary;
  into.known = true;
  into.block_size = superblock.geometry.block_size();
  into.blocks = superblock.blocks;
  into.inos = superblock.inos;
  into.feature_compat = superblock.geometry.features.compat;
  into.feature_incompat = superblock.geometry.features.incompat;
  into.root_nid = superblock.root_nid;
  into.epoch = superblock.geometry.epoch;
  into.build_time = superblock.build_time;
  into.uuid = superblock.uuid;
  const ByteView label(superblock.volume_name);
  into.label =
      label.head(label.find(std::byte{0}).value_or(label.size())).text();
  into.extra_devices = superblock.geometry.extra_devices;
  into.prefixes = ctx.volume.prefixes().size();
}

}  // namespace

void superblock(Context& ctx) {
  summary(ctx);
  const auto& superblock = ctx.volume.superblock();
  std::vector<std::byte> bytes(superblock.size);
  if (!ctx.ok(ctx.budget.work(bytes.size(), field(0))) ||
      !ctx.ok(ctx.volume.devices().primary().read(format::kSuperblockOffset,
                                                  MutableBytes(bytes)))) {
    return;
  }
  const ByteView whole{bytes};
  const auto base = whole.fixed<View::kSize>(0);
  if (!base) return;
  const View view(*base);
  format::lint(view, superblock.geometry.features, [&](const auto& breach) {
    ctx.find(breach.rule, field(breach.at), breach.value);
  });
  features(ctx, view);
  extension(ctx, whole);
  size(ctx);
  if (superblock.root_nid == 0) {
    ctx.find(RuleId::superblock_root_nonzero, field(View::kRootnid2bAt), 0);
  }
  if (superblock.packed_nid != 0 &&
      superblock.metabox_nid == superblock.packed_nid) {
    ctx.find(RuleId::superblock_special_distinct, field(View::kPackedNidAt),
             superblock.packed_nid);
  }
  const ByteView label(superblock.volume_name);
  if (!label.find(std::byte{0})) {
    ctx.find(RuleId::superblock_label_terminated, field(View::kVolumeNameAt),
             label.size());
  }
  static_cast<void>(ctx.ok(ctx.space.add(
      field(0), superblock.size, RangeKind::kSuperblock, 0, ctx.budget)));
}

void features_in_use(Context& ctx) {
  const format::Features& set = ctx.volume.geometry().features;
  const Place at = field(View::kFeatureIncompatAt);
  if (ctx.inline_data.used &&
      !set.incompat_has(format::incompat::kZtailpacking)) {
    ctx.nid = ctx.inline_data.nid;
    ctx.find(RuleId::superblock_feature_ztailpacking, at, set.incompat);
  }
  if (ctx.complete && !ctx.stopped && !ctx.compressed.used &&
      set.incompat_has(format::incompat::kLz40padding)) {
    ctx.nid.reset();
    ctx.find(RuleId::superblock_feature_padding_unused, at, set.incompat);
  }
  if (ctx.head2.used && !set.incompat_has(format::incompat::kComprHead2)) {
    ctx.nid = ctx.head2.nid;
    ctx.find(RuleId::superblock_feature_head2, at, set.incompat);
  }
  ctx.nid.reset();
}

}  // namespace erofs::check
