// SPDX-License-Identifier: Apache-2.0 OR MIT
//
// Input: one directory block, the block size as an option from the end.
// Properties: names lie inside the block behind the entries and do not
// overlap, there are as many as the first name offset says, and picking
// entries one by one, as a lookup does, gives the same.

#include <cstdint>

#include "decode/directory.h"
#include "support/feed.h"
#include "support/property.h"

namespace {

using erofs::ByteView;
using erofs::Place;
using erofs::decode::Dirent;

void check_names(ByteView block, const erofs::decode::DirectoryBlock& list) {
  std::uint64_t end = list.entries.size() * 12;
  for (const Dirent& entry : list.entries) {
    FUZZ_CHECK(!entry.name.empty() && entry.name.size() <= 255,
               "names are 1 to 255 bytes");
    FUZZ_CHECK(entry.name_at == end, "names follow each other");
    end += entry.name.size();
    FUZZ_CHECK(end <= block.size(), "names end inside the block");
    FUZZ_CHECK(entry.name.find('/') == std::string_view::npos &&
                   entry.name.find('\0') == std::string_view::npos,
               "names are path components");
  }
  FUZZ_CHECK(list.used == end, "used is the end of the last name");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  erofs::fuzz::Feed feed(data, size);
  const std::uint32_t block_size = 512u << feed.option() % 8;
  const ByteView block = feed.payload().head(block_size);
  auto budget = erofs::fuzz::fuzz_budget();
  const auto list =
      erofs::decode::directory_block(block, block_size, Place{}, budget);
  const auto count =
      erofs::decode::directory_entry_count(block, block_size, Place{});
  if (!list) {
    FUZZ_CHECK(list.error().rule != erofs::RuleId{},
               "a refused block names its rule");
    return 0;
  }
  FUZZ_CHECK(count && *count == list->entries.size(),
             "a listed block has the entries that a lookup counts");
  check_names(block, *list);
  for (std::uint32_t i = 0; i < *count; ++i) {
    const auto entry =
        erofs::decode::directory_entry(block, block_size, Place{}, i, *count);
    FUZZ_CHECK(entry && entry->name == list->entries[i].name &&
                   entry->nid == list->entries[i].nid,
               "a lookup sees the entries that the listing sees");
  }
  return 0;
}
