// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/node.h"

#include <algorithm>
#include <array>

#include "format/inode.gen.h"
#include "format/limits.gen.h"
#include "format/rule_ids.gen.h"
#include "read/xattrs.h"

namespace erofs::read {
namespace {

constexpr std::size_t kLongestBody = format::InodeExtendedView::kSize;

bool in_metabox(std::uint64_t nid) noexcept {
  return (nid & format::kMetaboxNidBit) != 0;
}

// The bytes that inodes like `nid` lie in, with the place of the first.
Result<map::Location> space_of(const Volume& volume, std::uint64_t nid) {
  if (!in_metabox(nid)) {
    return map::Location{&volume.devices().primary(), {Place::kPrimary, 0}};
  }
  if (!volume.superblock().metabox_nid) {
    return malformed(RuleId::inode_nid_metabox, {Place::kMetabox, 0}, nid);
  }
  if (volume.metabox() == nullptr) {
    return tl::unexpected<Fault>(volume.metabox_fault().value_or(Fault{}));
  }
  return map::Location{volume.metabox(), {Place::kMetabox, 0}};
}

}  // namespace

Result<Node> node(const Volume& volume, std::uint64_t nid, Budget& budget) {
  EROFS_ASSIGN(map::Location body, space_of(volume, nid));
  const std::uint64_t size = body.source->size();
  const auto at = volume.geometry().inode_at(nid);
  body.place.offset = at.value_or(~std::uint64_t{0});
  if (body.place.offset >= size) {
    return tl::unexpected<Fault>(decode::inode_outside(body.place, nid));
  }
  EROFS_TRY(budget.work(kLongestBody, body.place));
  std::array<std::byte, kLongestBody> bytes{};
  const auto room = MutableBytes(bytes).head(size - body.place.offset);
  EROFS_TRY(map::read(body, room));
  EROFS_TRY(volume.charge(budget, body.place));

  Node out;
  out.nid = nid;
  out.at = body.place;
  EROFS_ASSIGN(out.file.inode,
               decode::inode(room.view(), out.at, volume.geometry()));
  out.file.space = body.source;
  out.file.tail = out.xattrs_at().plus(out.inode().xattr_size);
  EROFS_TRY(xattr_area_within_space(out));
  return out;
}

std::uint64_t linux_ino(const Volume& volume, std::uint64_t nid) noexcept {
  const auto& features = volume.geometry().features;
  if (!features.incompat_has(format::incompat::kMetabox)) return nid;
  // Bit 63 takes the place of bit 31, and what is above moves up by one.
  constexpr std::uint64_t kMoved = std::uint64_t{1} << 31;
  const std::uint64_t low = nid & (kMoved - 1);
  const std::uint64_t high = (nid >> 31) << 32;
  return high | (in_metabox(nid) ? kMoved : 0) | low;
}

}  // namespace erofs::read
