// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_PLAN_DIRECTORY_BLOCKS_H_
#define EROFS_PLAN_DIRECTORY_BLOCKS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "format/limits.gen.h"

namespace erofs::plan {

// An entry of a directory, "." and ".." included.
struct DirectoryEntry {
  std::string_view name;
  std::uint64_t nid = 0;
  format::FileType type = format::FileType::kUnknown;
};

// Length of a directory's content: blocks are filled in order, the last one
// ends with its last name. Requires ascending names of 1 to 255 bytes; the
// NIDs do not matter.
[[nodiscard]] std::uint64_t directory_size(
    std::span<const DirectoryEntry> entries, std::uint32_t block_size);

// That content, zeros behind the names of each block but the last.
[[nodiscard]] std::vector<std::byte> directory_bytes(
    std::span<const DirectoryEntry> entries, std::uint32_t block_size);

}  // namespace erofs::plan

#endif  // EROFS_PLAN_DIRECTORY_BLOCKS_H_
