// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/checked.h"
#include "check/phases.h"

namespace erofs::check {
namespace {

using format::Layout;
using format::ModeType;

// Where the mapping goes on after a fault at `offset`: at the next chunk, or
// nowhere. A device that is missing is missing for the rest too.
std::uint64_t resume(const decode::Inode& inode, const Fault& fault,
                     std::uint64_t offset) noexcept {
  if (inode.layout != Layout::kChunkBased ||
      fault.kind != FaultKind::kMalformed) {
    return inode.size;
  }
  const std::uint64_t chunk = std::uint64_t{1} << inode.chunk.chunk_bits;
  return checked::round_up(offset + 1, chunk).value_or(inode.size);
}

// Whether the last block of a file is one that a writer filled from its end:
// `pad` zeros first, where `pad` bytes stand behind the end of the file.
void moved_tail(Context& ctx, const map::Extent& last, Place end,
                std::uint64_t tail, std::uint64_t pad) {
  const Place block{end.space, end.offset - tail};
  std::vector<std::byte> bytes(static_cast<std::size_t>(pad));
  if (!ctx.ok(ctx.budget.work(pad, block)) ||
      !ctx.ok(last.location.source->read(block.offset, MutableBytes(bytes)))) {
    return;
  }
  const auto first = ByteView(bytes).find_nonzero();
  if (!first) {
    ctx.find(RuleId::content_tail_left_aligned, block, pad);
  }
}

// The bytes behind the end of the file in its last block.
void padding(Context& ctx, const map::Extent& last) {
  const std::uint32_t block = ctx.volume.geometry().block_size();
  const Place end = last.location.place.plus(last.length);
  const std::uint64_t tail = ctx.volume.geometry().block_offset(end.offset);
  const std::uint64_t device = last.location.source->size();
  if (tail == 0 || end.offset >= device || !ctx.padding.fresh(end)) return;
  const std::uint64_t length = std::min(block - tail, device - end.offset);
  std::vector<std::byte> bytes(static_cast<std::size_t>(length));
  if (!ctx.ok(ctx.budget.work(length, end)) ||
      !ctx.ok(last.location.source->read(end.offset, MutableBytes(bytes)))) {
    return;
  }
  if (const auto at = ByteView(bytes).find_nonzero()) {
    ctx.find(RuleId::content_padding_zero, end.plus(*at),
             std::to_integer<std::uint64_t>(bytes[*at]));
    if (tail + length == block) moved_tail(ctx, last, end, tail, length);
  }
}

void extent(Context& ctx, const read::Node& node, const map::Extent& found) {
  const decode::Inode& inode = node.inode();
  const bool directory = inode.type == ModeType::kDirectory;
  RangeKind kind = directory ? RangeKind::kDirectory : RangeKind::kData;
  kind = ctx.stored_as(node.nid, kind);
  switch (found.kind) {
    case map::ExtentKind::kHole:
      if (inode.type != ModeType::kRegular) return;
      ctx.report.inventory.hole_bytes =
          checked::add(ctx.report.inventory.hole_bytes, found.length)
              .value_or(~std::uint64_t{0});
      return;
    case map::ExtentKind::kInline:
      kind = RangeKind::kInlineTail;
      break;
    case map::ExtentKind::kEncoded:
    case map::ExtentKind::kFragment:
      return;  // not of these layouts
    case map::ExtentKind::kRaw:
      // Of directories the listing looks at these bytes.
      if (!directory && found.logical + found.length == inode.size) {
        padding(ctx, found);
      }
      break;
  }
  static_cast<void>(ctx.ok(ctx.space.add(found.location.place, found.length,
                                         kind, node.nid, ctx.budget)));
}

// A chunk that seems to go on where `last`, the one before it, ends, because
// only the address on its device says so.
void other_device(Context& ctx, const map::Extent& last,
                  const map::Extent& found, const map::ChunkTable& table,
                  unsigned chunk_bits) {
  if (last.kind != map::ExtentKind::kRaw) return;
  const Place end = last.location.place.plus(last.length);
  const Place next = found.location.place;
  if (next.space == end.space || next.offset != end.offset) return;
  ctx.find(RuleId::chunk_address_other_device,
           table.entry_place(found.logical >> chunk_bits), next.space);
}

// What mapping needs to know for this inode: the special ones have no
// fragments of their own.
const map::Image& image_of(const Context& ctx, const read::Node& node) {
  const decode::Superblock& superblock = ctx.volume.superblock();
  const bool special =
      node.nid == superblock.metabox_nid ||
      (superblock.packed_nid != 0 && node.nid == superblock.packed_nid);
  return special ? ctx.volume.special_image() : ctx.volume.map_image();
}

}  // namespace

bool content(Context& ctx, const read::Node& node) {
  const decode::Inode& inode = node.inode();
  if (!inode.has_data()) return true;
  if (inode.size == 0) {
    if (inode.compressed()) empty_clusters(ctx, node);
    return true;
  }
  auto map = map::FileMap::open(node.file, image_of(ctx, node));
  if (!ctx.ok(map)) {
    ctx.all_content = false;
    return false;
  }
  if (map::ClusterMap* compressed = map->clusters()) {
    const bool whole = clusters(ctx, node, *compressed);
    if (!whole) ctx.all_content = false;
    return whole;
  }
  map::ChunkTable* table = map->chunks();
  if (table != nullptr) chunks(ctx, node, *table);
  map::Extent last;  // that is no hole
  // An extent costs more than the few bytes that describe it.
  constexpr std::uint64_t kPerExtent = std::uint64_t{1} << 6;
  bool whole = true;
  for (std::uint64_t offset = 0; offset < inode.size && !ctx.stopped;) {
    if (!ctx.ok(ctx.budget.work(kPerExtent, node.at))) break;
    const auto found = map->at(offset, ctx.budget);
    if (found) {
      extent(ctx, node, *found);
      if (found->kind != map::ExtentKind::kHole) {
        if (table != nullptr) {
          other_device(ctx, last, *found, *table, inode.chunk.chunk_bits);
        }
        last = *found;
      }
      ctx.ticker.content(found->length);
      offset += found->length;
      continue;
    }
    ctx.fault(found.error());
    whole = false;
    offset = resume(inode, found.error(), offset);
  }
  if (!whole) ctx.all_content = false;
  return whole && !ctx.stopped;
}

}  // namespace erofs::check
