// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/acl_xattr.h"

#include <algorithm>
#include <tuple>

namespace erofs::tree {
namespace {

constexpr std::uint32_t kVersion = 2;

void append(std::string& out, std::uint32_t value, unsigned bytes) {
  for (unsigned i = 0; i < bytes; ++i) {
    out.push_back(static_cast<char>((value >> (8 * i)) & 0xFF));
  }
}

}  // namespace

std::string acl_xattr(std::vector<AclLine> lines) {
  std::sort(lines.begin(), lines.end(), [](const AclLine& a, const AclLine& b) {
    return std::tie(a.tag, a.id) < std::tie(b.tag, b.id);
  });
  std::string out;
  append(out, kVersion, 4);
  for (const AclLine& line : lines) {
    append(out, line.tag, 2);
    append(out, line.permissions, 2);
    append(out, line.id, 4);
  }
  return out;
}

}  // namespace erofs::tree
