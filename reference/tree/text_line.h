// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_TEXT_LINE_H_
#define EROFS_TREE_TEXT_LINE_H_

#include <cstddef>
#include <cstdint>
#include <istream>
#include <string>

namespace erofs::tree {

// Far above what a file that is worth a listing has in its line.
constexpr std::size_t kTextLineMost = std::size_t{1} << 26;

enum class TextLine : std::uint8_t { kRead, kEnd, kTooLong };

// Appends the next line, without its end, to `out`, which grows to
// kTextLineMost bytes at most. A stream that is bad ends, too.
[[nodiscard]] TextLine append_line(std::istream& lines, std::string& out);

}  // namespace erofs::tree

#endif  // EROFS_TREE_TEXT_LINE_H_
