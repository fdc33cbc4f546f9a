// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/directory_blocks.h"

#include "format/directory.gen.h"
#include "plan/bytes_out.h"

namespace erofs::plan {
namespace {

struct Fill {
  std::size_t entries = 0;
  std::size_t bytes = 0;
};

// As many of the entries as one block holds.
Fill fill(std::span<const DirectoryEntry> entries, std::uint32_t block_size) {
  Fill out;
  for (const DirectoryEntry& entry : entries) {
    const std::size_t more = format::DirentView::kSize + entry.name.size();
    if (out.bytes + more > block_size) break;
    out.bytes += more;
    ++out.entries;
  }
  return out;
}

void append_block(std::vector<std::byte>& out,
                  std::span<const DirectoryEntry> entries) {
  std::size_t name_at = entries.size() * format::DirentView::kSize;
  for (const DirectoryEntry& entry : entries) {
    format::DirentBuilder dirent;
    dirent.nid(entry.nid)
        .nameoff(static_cast<std::uint16_t>(name_at))
        .file_type(static_cast<std::uint8_t>(entry.type));
    append(out, dirent.bytes());
    name_at += entry.name.size();
  }
  for (const DirectoryEntry& entry : entries) append_text(out, entry.name);
}

}  // namespace

std::uint64_t directory_size(std::span<const DirectoryEntry> entries,
                             std::uint32_t block_size) {
  std::uint64_t size = 0;
  while (true) {
    const Fill block = fill(entries, block_size);
    entries = entries.subspan(block.entries);
    if (entries.empty() || block.entries == 0) return size + block.bytes;
    size += block_size;
  }
}

std::vector<std::byte> directory_bytes(std::span<const DirectoryEntry> entries,
                                       std::uint32_t block_size) {
  std::vector<std::byte> out;
  while (!entries.empty()) {
    pad_to(out, block_size);
    const Fill block = fill(entries, block_size);
    if (block.entries == 0) break;
    append_block(out, entries.first(block.entries));
    entries = entries.subspan(block.entries);
  }
  return out;
}

}  // namespace erofs::plan
