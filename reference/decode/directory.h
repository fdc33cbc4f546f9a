// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECODE_DIRECTORY_H_
#define EROFS_DECODE_DIRECTORY_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/budget.h"
#include "base/bytes.h"
#include "base/result.h"

namespace erofs::decode {

struct Dirent {
  std::uint64_t nid = 0;
  std::string_view name;       // 1..255 bytes, no '/' and no NUL
  std::uint32_t at = 0;        // of the 12-byte entry within the block
  std::uint16_t name_at = 0;   // of the name within the block
  std::uint8_t file_type = 0;  // as stored
  std::uint8_t reserved = 0;   // as stored
};

struct DirectoryBlock {
  std::vector<Dirent> entries;  // at least one, in stored order
  std::uint32_t used = 0;       // end of the last name
};

// Decodes one directory block: `block` is the part of it that lies within
// i_size, at most `block_size` bytes; `at` is where it starts.
//
// Reads only `block` and yields at most block.size() / 12 entries. Names are
// views into `block` and live as long as it does. The last name ends at the
// first NUL or at the end of `block`. Order, uniqueness, dot entries and
// file types are the checker's business.
//
// Faults: directory.first-nameoff.range, directory.first-nameoff.multiple,
// directory.nameoff.increasing, directory.nameoff.in-block,
// directory.name.length, directory.name.slash, directory.name.nul; limit.
[[nodiscard]] Result<DirectoryBlock> directory_block(ByteView block,
                                                     std::uint32_t block_size,
                                                     Place at, Budget& budget);

// What a lookup sees of one block: decodes only the entry count and single
// names, with the kernel's rules (fs/erofs/namei.c). `index` must be below
// the count. Faults as directory_block().
[[nodiscard]] Result<std::uint32_t> directory_entry_count(
    ByteView block, std::uint32_t block_size, Place at);
[[nodiscard]] Result<Dirent> directory_entry(ByteView block,
                                             std::uint32_t block_size, Place at,
                                             std::uint32_t index,
                                             std::uint32_t count);

}  // namespace erofs::decode

#endif  // EROFS_DECODE_DIRECTORY_H_
