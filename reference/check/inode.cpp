// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <array>
#include <cstddef>
#include <limits>

#include "base/checked.h"
#include "check/phases.h"
#include "format/checks.gen.h"
#include "format/inode.gen.h"
#include "read/content.h"

namespace erofs::check {
namespace {

using Compact = format::InodeCompactView;
using Extended = format::InodeExtendedView;
using format::Layout;
using format::ModeType;

template <class View>
void fields(Context& ctx, const read::Node& node) {
  std::array<std::byte, View::kSize> bytes{};
  if (!ctx.ok(node.file.space->read(node.at.offset, MutableBytes(bytes)))) {
    return;
  }
  const View view(bytes);
  // Kernels before 6.15 refuse the bit, whatever it says.
  if (view.i_format_bit4() != 0) ctx.beyond_32.note(node.nid);
  format::lint(view, ctx.volume.geometry().features, [&](const auto& breach) {
    ctx.find(breach.rule, node.at.plus(breach.at), breach.value);
  });
}

// Whether kernels take an address from the start block fields.
bool uses_start_block(const decode::Inode& inode,
                      const decode::Geometry& geometry) noexcept {
  if (!inode.has_data()) return false;
  if (inode.layout == Layout::kFlatPlain) return inode.size != 0;
  return inode.layout == Layout::kFlatInline &&
         inode.size > geometry.block_size();
}

// What kernels read differently in images without 48BIT.
void without_48bit(Context& ctx, const read::Node& node) {
  const decode::Inode& inode = node.inode();
  const decode::Geometry& geometry = ctx.volume.geometry();
  if (geometry.features.incompat_has(format::incompat::k48bit)) return;
  if (!inode.extended && inode.raw_mtime != 0) {
    ctx.find(RuleId::inode_mtime_needs_48bit, node.at.plus(Compact::kIMtimeAt),
             inode.raw_mtime);
  }
  if (!uses_start_block(inode, geometry)) return;
  const bool wide = inode.extended || inode.nlink_one;
  if (inode.flat_hole) {
    ctx.find(RuleId::inode_hole_needs_48bit, node.at.plus(Compact::kIUAt),
             inode.startblk);
  } else if (wide && inode.raw_nb != 0) {
    ctx.find(RuleId::inode_startblk_hi_needs_48bit,
             node.at.plus(Compact::kINbAt), inode.raw_nb);
  }
}

void links_and_owner(Context& ctx, const read::Node& node) {
  const decode::Inode& inode = node.inode();
  if (inode.nlink == 0) {
    ctx.find(
        RuleId::inode_nlink_nonzero,
        node.at.plus(inode.extended ? Extended::kINlinkAt : Compact::kINbAt),
        0);
  }
  constexpr auto kNobody = std::numeric_limits<std::uint32_t>::max();
  if (inode.uid == kNobody) {
    ctx.find(RuleId::inode_id_valid, node.at.plus(Extended::kIUidAt), kNobody);
  }
  if (inode.gid == kNobody) {
    ctx.find(RuleId::inode_id_valid, node.at.plus(Extended::kIGidAt), kNobody);
  }
}

void time(Context& ctx, const read::Node& node) {
  const decode::Inode& inode = node.inode();
  if (inode.extended) return;
  // raw_mtime is not negative, so only the upper end can be passed.
  const std::int64_t epoch = ctx.volume.geometry().epoch;
  constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
  if (epoch > kLast - std::int64_t{inode.raw_mtime}) {
    ctx.find(RuleId::inode_mtime_range, node.at.plus(Compact::kIMtimeAt),
             inode.raw_mtime);
  }
}

void special_file(Context& ctx, const read::Node& node) {
  const decode::Inode& inode = node.inode();
  if (inode.layout != Layout::kFlatPlain) {
    ctx.find(RuleId::inode_special_layout, node.at.plus(Compact::kIFormatAt),
             static_cast<std::uint64_t>(inode.layout));
  }
  if (inode.size != 0) {
    ctx.find(RuleId::inode_special_size, node.at.plus(Compact::kISizeAt),
             inode.size);
  }
  const bool device = inode.type == ModeType::kCharDevice ||
                      inode.type == ModeType::kBlockDevice;
  constexpr std::uint32_t kNegative = ((1U << 12) - 1) << 20;
  if (device && (inode.raw_u & kNegative) == kNegative) {
    ctx.find(RuleId::inode_rdev_sign, node.at.plus(Compact::kIUAt),
             inode.raw_u);
  }
  if (!device && inode.raw_u != 0) {
    ctx.find(RuleId::inode_rdev_zero, node.at.plus(Compact::kIUAt),
             inode.raw_u);
  }
}

}  // namespace

void inode(Context& ctx, const read::Node& node) {
  const decode::Inode& inode = node.inode();
  if (inode.extended) {
    fields<Extended>(ctx, node);
  } else {
    fields<Compact>(ctx, node);
  }
  links_and_owner(ctx, node);
  time(ctx, node);
  without_48bit(ctx, node);
  if (!inode.has_data()) special_file(ctx, node);
  if (inode.type == ModeType::kSymlink &&
      (inode.size == 0 || inode.size > format::kSymlinkMax)) {
    ctx.find(RuleId::inode_symlink_size, node.at.plus(Compact::kISizeAt),
             inode.size);
  }
  // Also where it has no meaning: older kernels refuse the bit itself.
  if (inode.bit4) ctx.beyond_32.note(node.nid);
  static_cast<void>(ctx.ok(ctx.space.add(
      node.at, inode.body_size, RangeKind::kInode, node.nid, ctx.budget)));
  static_cast<void>(
      ctx.ok(ctx.space.add(node.at.plus(inode.body_size), inode.xattr_size,
                           RangeKind::kInlineXattr, node.nid, ctx.budget)));
}

void link_target(Context& ctx, const read::Node& node) {
  const std::uint64_t size = node.inode().size;
  if (size == 0 || size > format::kSymlinkMax) return;
  const Place at = node.file.address_place();
  const auto target = read::read_text(ctx.volume, node, size, ctx.budget);
  if (!ctx.ok(target)) return;
  if (const auto nul = ByteView::of_text(*target).find(std::byte{0})) {
    ctx.find(RuleId::inode_symlink_nul, at, *nul);
  }
  hazard_link(ctx, node, *target);
}

}  // namespace erofs::check
