// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/superblock.h"

#include <algorithm>

#include "base/crc32c.h"
#include "format/field_fault.h"
#include "format/limits.gen.h"
#include "format/superblock.gen.h"

namespace erofs::decode {
namespace {

using format::SuperblockExtensionView;
using format::SuperblockView;

constexpr Place kAt = {Place::kPrimary, format::kSuperblockOffset};

Geometry geometry_of(const SuperblockView& view) noexcept {
  Geometry geometry;
  geometry.block_bits = view.blkszbits();
  geometry.features = {view.feature_compat(), view.feature_incompat()};
  geometry.meta_blkaddr = view.meta_blkaddr();
  geometry.xattr_blkaddr = view.xattr_blkaddr();
  geometry.epoch = view.epoch();
  geometry.fixed_nsec = view.fixed_nsec();
  if (geometry.features.incompat_has(format::incompat::kDeviceTable)) {
    geometry.extra_devices = view.extra_devices();
  }
  geometry.filter_usable =
      geometry.features.compat_has(format::compat::kXattrFilter) &&
      view.xattr_filter_reserved() == 0;
  return geometry;
}

// The root and, in the same field, the high half of the block count.
void set_root_and_blocks(const SuperblockView& view, Superblock& out) noexcept {
  out.blocks = view.blocks_lo();
  out.root_nid = view.rootnid_2b();
  // 48BIT alone does not say that rootnid_2b means something else.
  if (out.geometry.features.incompat_has(format::incompat::k48bit) &&
      view.rootnid_8b() != 0) {
    out.root_nid = view.rootnid_8b();
    out.blocks |= std::uint64_t{view.blocks_hi()} << 32;
  }
}

Status set_metabox(ByteView bytes, const SuperblockView& view,
                   Superblock& out) {
  if (!out.geometry.features.incompat_has(format::incompat::kMetabox)) {
    return {};
  }
  const auto slot =
      bytes.fixed<SuperblockExtensionView::kSize>(SuperblockView::kSize);
  if (view.sb_extslots() == 0 || !slot) {
    return malformed(RuleId::superblock_metabox_extslots,
                     kAt.plus(SuperblockView::kSbExtslotsAt),
                     view.sb_extslots());
  }
  const std::uint64_t nid = SuperblockExtensionView(*slot).metabox_nid();
  // The metabox cannot lie within itself.
  if ((nid & format::kMetaboxNidBit) != 0) {
    return malformed(RuleId::superblock_metabox_nid_plain,
                     kAt.plus(SuperblockView::kSize +
                              SuperblockExtensionView::kMetaboxNidAt),
                     nid);
  }
  out.metabox_nid = nid;
  return {};
}

Status set_packed(const SuperblockView& view, Superblock& out) {
  if (!out.geometry.features.incompat_has(format::incompat::kFragments)) {
    return {};
  }
  const std::uint64_t nid = view.packed_nid();
  if ((nid & format::kMetaboxNidBit) != 0) {
    return malformed(RuleId::superblock_packed_nid_plain,
                     kAt.plus(SuperblockView::kPackedNidAt), nid);
  }
  out.packed_nid = nid;
  return {};
}

void set_plain_fields(const SuperblockView& view, Superblock& out) noexcept {
  out.checksum = view.checksum();
  out.inos = view.inos();
  out.build_time = view.build_time();
  std::ranges::copy(view.uuid(), out.uuid.begin());
  std::ranges::copy(view.volume_name(), out.volume_name.begin());
  out.compression = view.u1();
  out.device_table_at =
      std::uint64_t{view.devt_slotoff()} * format::kDevtSlotUnit;
  out.xattr_prefix_count = view.xattr_prefix_count();
  out.xattr_prefix_start =
      std::uint64_t{view.xattr_prefix_start()} * format::kXattrUnit;
  out.ishare_prefix_id = view.ishare_xattr_prefix_id();
}

tl::unexpected<Fault> too_short(ByteView bytes) {
  return malformed(RuleId::superblock_image_size, kAt, bytes.size());
}

}  // namespace

Result<Superblock> superblock(ByteView bytes) {
  const auto base = bytes.fixed<SuperblockView::kSize>(0);
  if (!base) return too_short(bytes);
  const SuperblockView view(*base);
  Superblock out;
  out.geometry = geometry_of(view);
  EROFS_TRY(format::accept(view, out.geometry.features, kAt));
  out.size = static_cast<std::uint32_t>(SuperblockView::kSize) +
             view.sb_extslots() * format::kExtensionSlotSize;
  if (bytes.size() < out.size) return too_short(bytes);
  set_plain_fields(view, out);
  set_root_and_blocks(view, out);
  EROFS_TRY(set_metabox(bytes, view, out));
  EROFS_TRY(set_packed(view, out));
  return out;
}

std::uint32_t checksum_span(const Geometry& geometry) noexcept {
  // To the end of block 0; where that is before the superblock, one block.
  const std::uint32_t block = geometry.block_size();
  return block > format::kSuperblockOffset ? block - format::kSuperblockOffset
                                           : block;
}

std::uint32_t superblock_checksum(ByteView covered) noexcept {
  constexpr std::size_t kAfter =
      SuperblockView::kChecksumAt + SuperblockView::kChecksumSize;
  constexpr std::array<std::byte, SuperblockView::kChecksumSize> kZero{};
  std::uint32_t state = format::kChecksumSeed;
  state = crc32c(state, covered.head(SuperblockView::kChecksumAt));
  state = crc32c(state, ByteView(kZero));
  return crc32c(state, covered.from(kAfter).value_or(ByteView()));
}

Status verify_checksum(const Superblock& superblock, ByteView covered) {
  const Geometry& geometry = superblock.geometry;
  if (!geometry.features.compat_has(format::compat::kSbChksum)) return {};
  const auto bytes = covered.slice(0, checksum_span(geometry));
  if (!bytes) return too_short(covered);
  const std::uint32_t found = superblock_checksum(*bytes);
  if (found != superblock.checksum) {
    return malformed(RuleId::superblock_checksum_match,
                     kAt.plus(SuperblockView::kChecksumAt), found);
  }
  return {};
}

}  // namespace erofs::decode
