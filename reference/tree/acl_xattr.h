// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_ACL_XATTR_H_
#define EROFS_TREE_ACL_XATTR_H_

#include <cstdint>
#include <string>
#include <vector>

namespace erofs::tree {

// One line of an access control list, in the numbers of Linux.
struct AclLine {
  std::uint16_t tag = 0;  // 1 owner, 2 user, 4 group, 8 named group, ...
  std::uint16_t permissions = 0;
  std::uint32_t id = ~std::uint32_t{0};  // named users and groups
};

// The value of system.posix_acl_access and _default: lines in the order that
// Linux asks for.
[[nodiscard]] std::string acl_xattr(std::vector<AclLine> lines);

}  // namespace erofs::tree

#endif  // EROFS_TREE_ACL_XATTR_H_
