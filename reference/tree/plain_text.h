// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_PLAIN_TEXT_H_
#define EROFS_TREE_PLAIN_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace erofs::tree {

// The bytes that percent-encoded text stands for, or nothing where a '%' has
// no two digits behind it.
[[nodiscard]] std::optional<std::string> unescape(std::string_view text);

// The bytes of padded base64, or nothing where it is none.
[[nodiscard]] std::optional<std::string> unbase64(std::string_view text);

// The number that all of the text is, digits alone, or nothing where it is
// none or above `most`. `base` is at most 16.
[[nodiscard]] std::optional<std::uint64_t> whole_number(std::string_view text,
                                                        unsigned base,
                                                        std::uint64_t most);

}  // namespace erofs::tree

#endif  // EROFS_TREE_PLAIN_TEXT_H_
