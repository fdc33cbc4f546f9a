// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/chunk.h"

#include <algorithm>
#include <optional>

#include "base/checked.h"
#include "format/rule_ids.gen.h"

namespace erofs::map {
namespace {

// Entries read at once: enough for most files, little for the others.
constexpr std::uint64_t kWindowEntries = 512;

// What locating one run costs, beside one for each of its chunks. Tables can
// be shared by many inodes, so their entries are not paid for by being there.
constexpr std::uint64_t kWorkPerExtent = 18;

// Where chunks begin and end in the file.
struct Grid {
  std::uint64_t size = 0;  // of the file
  std::uint8_t bits = 0;   // log2 of the chunk size

  [[nodiscard]] std::uint64_t index(std::uint64_t offset) const noexcept {
    return offset >> bits;
  }
  // Bytes of the file in chunk `index`, which is not behind its end.
  [[nodiscard]] std::uint64_t bytes(std::uint64_t index) const noexcept {
    const std::uint64_t whole = std::uint64_t{1} << bits;
    return std::min(whole, size - (index << bits));
  }
};

struct Mapper {
  const File& file;
  ChunkTable& table;
  const DeviceMap& devices;
  const decode::Geometry& geometry;
  Grid grid;

  // The stored bytes of one chunk, whole blocks as Linux reads them.
  [[nodiscard]] Result<Location> locate(std::uint64_t index,
                                        const decode::ChunkEntry& entry) const {
    constexpr RuleId kOutside = RuleId::chunk_address_within_device;
    const Place at = table.entry_place(index);
    const auto address = geometry.block_at(entry.startblk);
    const auto length =
        checked::round_up(grid.bytes(index), geometry.block_size());
    if (!address || !length) return malformed(kOutside, at, entry.startblk);
    return devices.locate(entry.device_id, *address, *length, kOutside, at);
  }

  // Whether chunk `index` continues `so_far`, whose last chunk is stored as
  // `before`. One that cannot be located does not: it faults when its own
  // turn comes.
  [[nodiscard]] bool continues(const Extent& so_far,
                               const decode::ChunkEntry& before,
                               std::uint64_t index,
                               const decode::ChunkEntry& next) const {
    if (next.hole || so_far.kind == ExtentKind::kHole) {
      return next.hole && so_far.kind == ExtentKind::kHole;
    }
    const std::uint64_t blocks = std::uint64_t{1}
                                 << (grid.bits - geometry.block_bits);
    if (next.device_id != before.device_id ||
        next.startblk != before.startblk + blocks) {
      return false;
    }
    const auto found = locate(index, next);
    return found && found->source == so_far.location.source &&
           found->place == so_far.location.place.plus(so_far.length);
  }
};

}  // namespace

Result<ChunkTable> ChunkTable::open(const File& file) {
  ChunkTable table;
  table.format_ = file.inode.chunk;
  table.space_ = file.space;
  table.place_ = file.tail;
  if (file.inode.size == 0) return table;

  constexpr RuleId kOutside = RuleId::chunk_table_within_image;
  const std::uint64_t unit = table.format_.entry_size();
  const std::uint64_t chunk = std::uint64_t{1} << table.format_.chunk_bits;
  table.count_ = checked::ceil_div(file.inode.size, chunk);
  const auto start = checked::round_up(file.tail.offset, unit);
  const auto bytes = checked::mul(table.count_, unit);
  if (!start || !bytes ||
      !checked::within(*start, *bytes, file.space->size())) {
    return malformed(kOutside, file.tail, table.count_);
  }
  table.place_.offset = *start;
  return table;
}

Place ChunkTable::entry_place(std::uint64_t index) const noexcept {
  const auto offset = checked::mul(index, format_.entry_size());
  return place_.plus(offset.value_or(~std::uint64_t{0}));
}

Result<decode::ChunkEntry> ChunkTable::entry(std::uint64_t index,
                                             Budget& budget) {
  const std::uint64_t unit = format_.entry_size();
  const bool there =
      index >= window_first_ && index - window_first_ < window_.size() / unit;
  if (!there && index < count_) {
    const std::uint64_t entries = std::min(kWindowEntries, count_ - index);
    const Place at = entry_place(index);
    EROFS_TRY(budget.work(entries * unit, at));
    window_.resize(static_cast<std::size_t>(entries * unit));
    const Status done = read({space_, at}, MutableBytes(window_));
    if (!done) {
      window_.clear();
      return tl::unexpected<Fault>(done.error());
    }
    window_first_ = index;
  }
  return decode::chunk_entry(ByteView(window_), index - window_first_, format_);
}

Result<Extent> chunk(const File& file, ChunkTable& table, std::uint64_t offset,
                     const DeviceMap& devices, const decode::Geometry& geometry,
                     Budget& budget) {
  const Grid grid{file.inode.size, file.inode.chunk.chunk_bits};
  const Mapper mapper{file, table, devices, geometry, grid};
  const std::uint64_t first = grid.index(offset);
  EROFS_TRY(budget.work(kWorkPerExtent, table.entry_place(first)));
  EROFS_ASSIGN(decode::ChunkEntry entry, table.entry(first, budget));
  Extent extent;
  extent.logical = first << grid.bits;
  extent.length = grid.bytes(first);
  if (!entry.hole) {
    extent.kind = ExtentKind::kRaw;
    EROFS_ASSIGN(extent.location, mapper.locate(first, entry));
  }

  std::uint64_t chunks = 1;
  for (; chunks < kMaxRun && first + chunks < table.count(); ++chunks) {
    EROFS_ASSIGN(const decode::ChunkEntry next,
                 table.entry(first + chunks, budget));
    if (!mapper.continues(extent, entry, first + chunks, next)) break;
    extent.length += grid.bytes(first + chunks);
    entry = next;
  }
  EROFS_TRY(budget.work(chunks, table.entry_place(first)));
  return extent.from(offset);
}

}  // namespace erofs::map
