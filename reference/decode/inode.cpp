// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/inode.h"

#include "format/chunk.gen.h"
#include "format/field_fault.h"
#include "format/inode.gen.h"
#include "format/xattr.gen.h"

namespace erofs::decode {
namespace {

using format::InodeCompactView;
using format::InodeExtendedView;
using format::Layout;
using format::ModeType;

std::uint32_t xattr_size(std::uint16_t icount) noexcept {
  if (icount == 0) return 0;
  constexpr auto kHeader =
      static_cast<std::uint32_t>(format::XattrHeaderView::kSize);
  return kHeader + (std::uint32_t{icount} - 1) * format::kXattrUnit;
}

template <class View>
ChunkFormat chunk_format(const View& view, const Geometry& geometry) noexcept {
  ChunkFormat chunk;
  chunk.chunk_bits = static_cast<std::uint8_t>(geometry.block_bits +
                                               view.chunk_info_blkbits());
  chunk.indexes = view.chunk_info_indexes() != 0;
  chunk.wide = view.chunk_info_wide() != 0;
  return chunk;
}

// What i_u and i_nb say about the data; `high` tells whether i_nb extends
// the start block.
template <class View>
void set_data(const View& view, const Geometry& geometry, bool high,
              Inode& out) noexcept {
  if (out.layout == Layout::kChunkBased) {
    out.chunk = chunk_format(view, geometry);
    return;
  }
  if (out.compressed() || !out.has_data()) return;
  out.startblk = view.startblk_lo();
  if (high) out.startblk |= std::uint64_t{view.startblk_hi()} << 32;
  // The mask is as wide as the address of this inode, 48BIT or not
  // (fs/erofs/inode.c).
  const std::uint64_t mask =
      high ? format::kAddress48Mask : format::kNullAddress32;
  out.flat_hole = out.layout == Layout::kFlatPlain && out.startblk == mask;
}

// Fields that both versions have. The casts to enumerations are those of
// values that accept() let through.
template <class View>
void set_common(const View& view, Inode& out) noexcept {
  out.layout = static_cast<Layout>(view.i_format_layout());
  out.type = static_cast<ModeType>(view.i_mode_type());
  out.permissions = static_cast<std::uint16_t>(view.i_mode_permissions());
  out.bit4 = view.i_format_bit4() != 0;
  out.dot_omitted = out.type == ModeType::kDirectory && out.bit4;
  out.uid = view.i_uid();
  out.gid = view.i_gid();
  out.size = view.i_size();
  out.ino = view.i_ino();
  out.raw_nb = view.i_nb();
  out.raw_u = view.i_u();
  out.xattr_icount = view.i_xattr_icount();
  out.xattr_size = xattr_size(view.i_xattr_icount());
  out.body_size = static_cast<std::uint32_t>(View::kSize);
}

Inode compact(const InodeCompactView& view, const Geometry& geometry) noexcept {
  Inode out;
  set_common(view, out);
  out.nlink_one = out.type != ModeType::kDirectory && out.bit4;
  out.nlink = out.nlink_one ? 1 : view.nlink();
  out.raw_mtime = view.i_mtime();
  // The kernel adds them without a look at the sign or at 48BIT.
  out.mtime = static_cast<std::int64_t>(
      static_cast<std::uint64_t>(geometry.epoch) + view.i_mtime());
  out.mtime_nsec = geometry.fixed_nsec;
  set_data(view, geometry, out.nlink_one, out);
  return out;
}

Inode extended(const InodeExtendedView& view,
               const Geometry& geometry) noexcept {
  Inode out;
  out.extended = true;
  set_common(view, out);
  out.nlink = view.i_nlink();
  out.mtime = view.i_mtime();
  out.mtime_nsec = view.i_mtime_nsec();
  set_data(view, geometry, true, out);
  return out;
}

}  // namespace

std::uint64_t ChunkFormat::entry_size() const noexcept {
  return indexes ? format::ChunkIndexView::kSize
                 : format::ChunkMapEntryView::kSize;
}

bool Inode::has_data() const noexcept {
  return type == ModeType::kRegular || type == ModeType::kDirectory ||
         type == ModeType::kSymlink;
}

bool Inode::compressed() const noexcept {
  return layout == Layout::kCompressedFull ||
         layout == Layout::kCompressedCompact;
}

std::uint32_t Inode::rdev_major() const noexcept {
  const auto fields = format::InodeCompactBuilder().i_u(raw_u);
  return fields.view().rdev_major();
}

std::uint32_t Inode::rdev_minor() const noexcept {
  const auto fields = format::InodeCompactBuilder().i_u(raw_u);
  return fields.view().rdev_minor_lo() | (fields.view().rdev_minor_hi() << 8);
}

std::uint32_t inode_body_size(std::uint16_t i_format) noexcept {
  const auto fields = format::InodeCompactBuilder().i_format(i_format);
  const bool extended = fields.view().i_format_version() != 0;
  return static_cast<std::uint32_t>(extended ? InodeExtendedView::kSize
                                             : InodeCompactView::kSize);
}

Fault inode_outside(Place at, std::uint64_t value) noexcept {
  return {FaultKind::kMalformed, RuleId::inode_nid_within_image, at, value};
}

Result<Inode> inode(ByteView bytes, Place at, const Geometry& geometry) {
  const auto first = bytes.fixed<InodeCompactView::kSize>(0);
  if (!first) {
    return tl::unexpected<Fault>(inode_outside(at, bytes.size()));
  }
  // Both versions begin alike.
  const InodeCompactView view(*first);
  if (view.i_format_version() == 0) {
    EROFS_TRY(format::accept(view, geometry.features, at));
    return compact(view, geometry);
  }
  const auto whole = bytes.fixed<InodeExtendedView::kSize>(0);
  if (!whole) {
    return tl::unexpected<Fault>(inode_outside(at, bytes.size()));
  }
  const InodeExtendedView wide(*whole);
  EROFS_TRY(format::accept(wide, geometry.features, at));
  return extended(wide, geometry);
}

}  // namespace erofs::decode
