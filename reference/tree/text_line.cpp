// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/text_line.h"

namespace erofs::tree {

TextLine append_line(std::istream& lines, std::string& out) {
  bool any = false;
  for (char c = 0; lines.get(c); any = true) {
    if (c == '\n') return TextLine::kRead;
    if (out.size() == kTextLineMost) return TextLine::kTooLong;
    out += c;
  }
  return any ? TextLine::kRead : TextLine::kEnd;
}

}  // namespace erofs::tree
