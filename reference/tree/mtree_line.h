// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_MTREE_LINE_H_
#define EROFS_TREE_MTREE_LINE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "tree/outcome.h"

namespace erofs::tree {

// Keywords of mtree(5), by name; the value is as it is written, and empty
// where there is none.
using MtreeKeywords = std::map<std::string, std::string, std::less<>>;

// One line, its continuations joined.
struct MtreeLine {
  enum class Kind : std::uint8_t {
    kNothing,  // a comment, or blank
    kSet,
    kUnset,
    kUp,  // ".."
    kFile,
  };

  Kind kind = Kind::kNothing;
  std::string name;  // kFile: raw bytes
  MtreeKeywords keywords;
};

// A keyword that is none, or says what no image can hold, is a trouble that
// has no place: that is the line's number.
[[nodiscard]] Outcome<MtreeLine> parse_mtree_line(std::string_view text);

// The bytes of a name, or nothing where a backslash begins no escape: three
// octal digits, or one of the letters that vis(3) has for blanks.
[[nodiscard]] std::optional<std::string> unvis(std::string_view text);

}  // namespace erofs::tree

#endif  // EROFS_TREE_MTREE_LINE_H_
