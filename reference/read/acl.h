// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_READ_ACL_H_
#define EROFS_READ_ACL_H_

#include <optional>
#include <string>

#include "base/bytes.h"

namespace erofs::read {

// A stored ACL as Linux writes it back when it is asked for: the entries in
// their order, ids only where the tag has one. Nothing where Linux refuses
// the value or takes it for no ACL at all (fs/posix_acl.c,
// posix_acl_from_xattr and posix_acl_to_xattr).
[[nodiscard]] std::optional<std::string> linux_acl(ByteView value);

}  // namespace erofs::read

#endif  // EROFS_READ_ACL_H_
