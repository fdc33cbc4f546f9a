// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/phases.h"
#include "format/chunk.gen.h"
#include "format/inode.gen.h"

namespace erofs::check {
namespace {

using View = format::ChunkIndexView;

// One entry of a table of indexes.
void index_entry(Context& ctx, const decode::ChunkEntry& entry, bool wide,
                 Place at) {
  // A hole has no device; nobody looks at the id.
  const std::uint16_t mask = ctx.volume.geometry().device_id_mask();
  if (!entry.hole && (entry.device_id & ~mask) != 0) {
    ctx.find(RuleId::device_id_high_bits, at.plus(View::kDeviceIdAt),
             entry.device_id);
  }
  if (!wide && entry.raw_hi != 0) {
    ctx.find(RuleId::chunk_startblk_hi_needs_48bit,
             at.plus(View::kStartblkHiAt), entry.raw_hi);
  }
}

// The extra device at whose beginning a chunk is; 0 for all other chunks.
std::uint16_t first_block_of(const Context& ctx,
                             const decode::ChunkEntry& entry) noexcept {
  if (entry.hole || entry.startblk != 0) return 0;
  return entry.device_id & ctx.volume.geometry().device_id_mask();
}

}  // namespace

void chunks(Context& ctx, const read::Node& node, map::ChunkTable& table) {
  const decode::ChunkFormat& format = node.inode().chunk;
  ctx.chunked.note(node.nid);
  if (format.wide) ctx.beyond_32.note(node.nid);
  if (format.wide && !format.indexes) {
    ctx.find(RuleId::chunk_48bit_needs_indexes,
             node.at.plus(format::InodeCompactView::kIUAt), node.inode().raw_u);
  }
  // The table lies within the image, so this cannot overflow.
  static_cast<void>(
      ctx.ok(ctx.space.add(table.place(), table.count() * format.entry_size(),
                           RangeKind::kChunkTable, node.nid, ctx.budget)));
  if (!format.indexes) return;
  std::uint16_t first_block = 0;
  bool told = false;
  for (std::uint64_t i = 0; i < table.count() && !ctx.stopped; ++i) {
    const Place at = table.entry_place(i);
    if (!ctx.ok(ctx.budget.work(1, at))) return;
    const auto entry = table.entry(i, ctx.budget);
    if (!ctx.ok(entry)) return;
    index_entry(ctx, *entry, format.wide, at);
    const std::uint16_t device = first_block_of(ctx, *entry);
    if (device != 0 && device == first_block && !told) {
      ctx.find(RuleId::chunk_address_first_block, at, device);
      told = true;
    }
    if (device != 0) first_block = device;
  }
}

}  // namespace erofs::check
