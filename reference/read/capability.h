// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_READ_CAPABILITY_H_
#define EROFS_READ_CAPABILITY_H_

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace erofs::read {

// Name of the attribute that Linux rewrites this way, behind "security.".
inline constexpr std::string_view kCapabilityName = "capability";

// A stored security.capability as root of the initial user namespace gets
// it: version 2 as stored, version 3 of root as version 2, of any other user
// as stored. Nothing where Linux refuses the value (security/commoncap.c,
// cap_inode_getsecurity).
[[nodiscard]] std::optional<std::string> linux_capability(ByteView value);

}  // namespace erofs::read

#endif  // EROFS_READ_CAPABILITY_H_
