// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_DUMP_LINE_H_
#define EROFS_TREE_DUMP_LINE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tree/outcome.h"
#include "tree/tree.h"

namespace erofs::tree {

// One line of composefs-dump(5), with nothing escaped any more.
struct DumpLine {
  std::string path;
  std::uint64_t size = 0;
  std::uint32_t mode = 0;  // of st_mode: with the type
  bool link = false;       // one more name of the file at `payload`
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::uint64_t rdev = 0;  // of st_rdev
  std::int64_t mtime_sec = 0;
  std::uint32_t mtime_nsec = 0;
  std::optional<std::string> payload;
  std::optional<std::string> content;
  std::optional<std::string> digest;  // 64 hexadecimal digits
  std::vector<Xattr> xattrs;          // ascending by name, each name once
};

// What a line says. Of a link only the path, the mode and the payload count,
// and only they are read. The trouble has no place: that is the line's number.
[[nodiscard]] Outcome<DumpLine> parse_dump_line(std::string_view text);

// The bytes that a field stands for, or nothing where a backslash begins no
// escape.
[[nodiscard]] std::optional<std::string> unescape_dump(std::string_view field);

}  // namespace erofs::tree

#endif  // EROFS_TREE_DUMP_LINE_H_
