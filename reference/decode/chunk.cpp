// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/chunk.h"

#include "base/checked.h"
#include "format/chunk.gen.h"
#include "format/limits.gen.h"

namespace erofs::decode {
namespace {

constexpr ChunkEntry kHole = {true, 0, 0, 0};

// A hole keeps what is stored in the high half, and has no address.
ChunkEntry indexed(const format::ChunkIndexView& view, bool wide) noexcept {
  ChunkEntry entry;
  entry.raw_hi = view.startblk_hi();
  entry.startblk = view.startblk_lo();
  std::uint64_t mask = format::kNullAddress32;
  if (wide) {
    entry.startblk |= std::uint64_t{view.startblk_hi()} << 32;
    mask = format::kAddress48Mask;
  }
  if (entry.startblk == mask) {
    entry.hole = true;
    entry.startblk = 0;
  } else {
    entry.device_id = view.device_id();
  }
  return entry;
}

// Addresses have 32 bits here, whatever the format says of wide ones.
ChunkEntry mapped(const format::ChunkMapEntryView& view) noexcept {
  if (view.startblk() == format::kNullAddress32) return kHole;
  ChunkEntry entry;
  entry.startblk = view.startblk();
  return entry;
}

}  // namespace

ChunkEntry chunk_entry(ByteView table, std::uint64_t index,
                       const ChunkFormat& format) noexcept {
  const auto offset = checked::mul(index, format.entry_size());
  if (!offset) return kHole;
  if (format.indexes) {
    const auto bytes = table.fixed<format::ChunkIndexView::kSize>(*offset);
    if (!bytes) return kHole;
    return indexed(format::ChunkIndexView(*bytes), format.wide);
  }
  const auto bytes = table.fixed<format::ChunkMapEntryView::kSize>(*offset);
  if (!bytes) return kHole;
  return mapped(format::ChunkMapEntryView(*bytes));
}

}  // namespace erofs::decode
