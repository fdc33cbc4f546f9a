// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_READ_LINUX_XATTRS_H_
#define EROFS_READ_LINUX_XATTRS_H_

#include <map>
#include <string>

#include "base/budget.h"
#include "base/result.h"
#include "read/xattrs.h"

namespace erofs::read {

// Attributes as root gets them from a Linux mount: full name -> value.
// Inline entries come before shared ones and the first of a name wins;
// names without a handler are absent, user.* is absent on anything but
// regular files and directories, ACLs are written the way Linux writes them
// back, and a version 3 security.capability of root comes as version 2.
// Charges the values to `budget` as output.
// Faults: those of xattr_area() and shared_xattr(); limit.
[[nodiscard]] Result<std::map<std::string, std::string>> linux_xattrs(
    const Volume& volume, const Node& node, Budget& budget);

}  // namespace erofs::read

#endif  // EROFS_READ_LINUX_XATTRS_H_
