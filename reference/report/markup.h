// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_MARKUP_H_
#define EROFS_REPORT_MARKUP_H_

#include <string>
#include <string_view>

namespace erofs::report {

// `text` as content or as a quoted attribute of XML 1.0 and of HTML. What is
// no UTF-8, and what XML has no characters for, becomes U+FFFD.
[[nodiscard]] std::string markup(std::string_view text);

}  // namespace erofs::report

#endif  // EROFS_REPORT_MARKUP_H_
