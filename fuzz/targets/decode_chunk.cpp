// SPDX-License-Identifier: Apache-2.0 OR MIT
//
// Input: a chunk table, its format as an option from the end. Properties:
// an entry is a function of its own bytes, an address fits its width, and a
// block map, rewritten as indexes, means the same.

#include <array>
#include <cstdint>

#include "decode/chunk.h"
#include "format/chunk.gen.h"
#include "support/feed.h"
#include "support/property.h"

namespace {

using erofs::ByteView;
using erofs::decode::ChunkEntry;
using erofs::decode::ChunkFormat;

// The same entry, written as an 8-byte index of device 0.
void check_as_index(ByteView raw, const ChunkEntry& entry) {
  const auto span = raw.fixed<erofs::format::ChunkMapEntryView::kSize>(0);
  FUZZ_CHECK(span.has_value(), "a block map entry has four bytes");
  erofs::format::ChunkIndexBuilder builder;
  builder.startblk_lo(erofs::format::ChunkMapEntryView(*span).startblk());
  ChunkFormat indexes;
  indexes.indexes = true;
  const ChunkEntry again =
      erofs::decode::chunk_entry(ByteView(builder.bytes()), 0, indexes);
  FUZZ_CHECK(again.hole == entry.hole && again.startblk == entry.startblk,
             "a block map and indexes of the same table agree");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  erofs::fuzz::Feed feed(data, size);
  const std::uint8_t options = feed.option();
  ChunkFormat format;
  format.indexes = (options & 1) != 0;
  format.wide = (options & 2) != 0;
  const ByteView table = feed.payload().head(4096);
  const std::uint64_t unit = format.entry_size();
  const std::uint64_t count = table.size() / unit;
  for (std::uint64_t i = 0; i < count; ++i) {
    const ChunkEntry entry = erofs::decode::chunk_entry(table, i, format);
    const auto raw = table.slice(i * unit, unit);
    FUZZ_CHECK(raw.has_value(), "entries lie inside the table");
    const ChunkEntry alone = erofs::decode::chunk_entry(*raw, 0, format);
    FUZZ_CHECK(entry.hole == alone.hole && entry.startblk == alone.startblk &&
                   entry.device_id == alone.device_id,
               "an entry is a function of its own bytes");
    const unsigned width = format.indexes && format.wide ? 48 : 32;
    FUZZ_CHECK(entry.hole || entry.startblk >> width == 0,
               "an address fits its width");
    if (!format.indexes) check_as_index(*raw, entry);
  }
  return 0;
}
