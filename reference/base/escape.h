// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_BASE_ESCAPE_H_
#define EROFS_BASE_ESCAPE_H_

#include <string>
#include <string_view>

namespace erofs {

// Percent-encodes every byte outside 0x21..0x7e and each of % " and \ as
// %XX with upper-case digits: the text form of paths, link targets and
// xattr names. At most three times as long as `raw`.
[[nodiscard]] std::string escape(std::string_view raw);

// Standard base64 with padding, as manifests carry xattr values.
[[nodiscard]] std::string base64(std::string_view raw);

}  // namespace erofs

#endif  // EROFS_BASE_ESCAPE_H_
