// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/directory.h"

#include "format/directory.gen.h"
#include "format/limits.gen.h"
#include "format/rule_ids.gen.h"

namespace erofs::decode {
namespace {

using format::DirentView;

constexpr auto kEntrySize = static_cast<std::uint32_t>(DirentView::kSize);

std::optional<DirentView> entry_view(ByteView block,
                                     std::uint32_t index) noexcept {
  const auto bytes =
      block.fixed<DirentView::kSize>(std::uint64_t{index} * kEntrySize);
  if (!bytes) return std::nullopt;
  return DirentView(*bytes);
}

// Where the nameoff of entry `index` is stored.
Place nameoff_at(Place at, std::uint32_t index) noexcept {
  return at.plus(std::uint64_t{index} * kEntrySize + DirentView::kNameoffAt);
}

// The nameoff of entry `index` of `count`, once it points into the block and
// behind the entries.
Result<std::uint32_t> nameoff(ByteView block, Place at, std::uint32_t index,
                              std::uint32_t count) {
  const auto view = entry_view(block, index);
  if (!view) {
    return malformed(RuleId::directory_nameoff_in_block, nameoff_at(at, index),
                     block.size());
  }
  const std::uint32_t offset = view->nameoff();
  // The first name begins where the entries end; later ones are behind it.
  if (index != 0 && offset <= std::uint64_t{count} * kEntrySize) {
    return malformed(RuleId::directory_nameoff_increasing,
                     nameoff_at(at, index), offset);
  }
  if (offset >= block.size()) {
    return malformed(RuleId::directory_nameoff_in_block, nameoff_at(at, index),
                     offset);
  }
  return offset;
}

// Where the name that begins at `start` ends: at the next name, or for the
// last entry at the first NUL or the end of the block.
Result<std::uint32_t> name_end(ByteView block, Place at, std::uint32_t index,
                               std::uint32_t count, std::uint32_t start) {
  if (index + 1 >= count) {
    const ByteView rest = block.from(start).value_or(ByteView());
    const std::size_t length = rest.find(std::byte{0}).value_or(rest.size());
    return start + static_cast<std::uint32_t>(length);
  }
  EROFS_ASSIGN(const std::uint32_t end, nameoff(block, at, index + 1, count));
  if (end <= start) {
    return malformed(RuleId::directory_nameoff_increasing,
                     nameoff_at(at, index + 1), end);
  }
  return end;
}

// Refuses what no file name can be; `where` is its first byte.
Status check_name(ByteView name, Place where) {
  if (name.empty() || name.size() > format::kNameMax) {
    return malformed(RuleId::directory_name_length, where, name.size());
  }
  if (const auto slash = name.find(std::byte{'/'})) {
    return malformed(RuleId::directory_name_slash, where.plus(*slash), '/');
  }
  if (const auto nul = name.find(std::byte{0})) {
    return malformed(RuleId::directory_name_nul, where.plus(*nul), 0);
  }
  return {};
}

}  // namespace

Result<std::uint32_t> directory_entry_count(ByteView block,
                                            std::uint32_t block_size,
                                            Place at) {
  block = block.head(block_size);
  const auto first = entry_view(block, 0);
  if (!first) {
    // Not even one entry, so no name either.
    return malformed(RuleId::directory_first_nameoff_range, at, block.size());
  }
  const std::uint32_t offset = first->nameoff();
  if (offset < kEntrySize || offset >= block_size || offset > block.size()) {
    return malformed(RuleId::directory_first_nameoff_range, nameoff_at(at, 0),
                     offset);
  }
  if (offset % kEntrySize != 0) {
    return malformed(RuleId::directory_first_nameoff_multiple,
                     nameoff_at(at, 0), offset);
  }
  return offset / kEntrySize;
}

Result<Dirent> directory_entry(ByteView block, std::uint32_t block_size,
                               Place at, std::uint32_t index,
                               std::uint32_t count) {
  block = block.head(block_size);
  EROFS_ASSIGN(const std::uint32_t start, nameoff(block, at, index, count));
  EROFS_ASSIGN(const std::uint32_t end,
               name_end(block, at, index, count, start));
  const auto view = entry_view(block, index);
  const auto name = block.slice(start, end - start);
  if (!view || !name) {
    return malformed(RuleId::directory_nameoff_in_block, nameoff_at(at, index),
                     start);
  }
  EROFS_TRY(check_name(*name, at.plus(start)));
  Dirent entry;
  entry.nid = view->nid();
  entry.name = name->text();
  entry.at = index * kEntrySize;
  entry.name_at = view->nameoff();
  entry.file_type = view->file_type();
  entry.reserved = view->reserved();
  return entry;
}

Result<DirectoryBlock> directory_block(ByteView block, std::uint32_t block_size,
                                       Place at, Budget& budget) {
  block = block.head(block_size);
  EROFS_TRY(budget.work(block.size(), at));
  EROFS_ASSIGN(const std::uint32_t count,
               directory_entry_count(block, block_size, at));
  DirectoryBlock out;
  out.entries.reserve(count);
  for (std::uint32_t index = 0; index < count; ++index) {
    EROFS_ASSIGN(const Dirent entry,
                 directory_entry(block, block_size, at, index, count));
    out.entries.push_back(entry);
    out.used = static_cast<std::uint32_t>(entry.name_at + entry.name.size());
  }
  return out;
}

}  // namespace erofs::decode
