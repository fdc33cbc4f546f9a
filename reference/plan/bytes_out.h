// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_PLAN_BYTES_OUT_H_
#define EROFS_PLAN_BYTES_OUT_H_

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace erofs::plan {

// Building structures one behind the other.

inline void append(std::vector<std::byte>& out,
                   std::span<const std::byte> bytes) {
  const std::size_t at = out.size();
  out.resize(at + bytes.size());
  std::copy(bytes.begin(), bytes.end(),
            out.begin() + static_cast<std::ptrdiff_t>(at));
}

inline void append_text(std::vector<std::byte>& out, std::string_view text) {
  append(out, std::as_bytes(std::span(text)));
}

// Zeros up to a multiple of `unit`.
inline void pad_to(std::vector<std::byte>& out, std::size_t unit) {
  out.resize((out.size() + unit - 1) / unit * unit);
}

}  // namespace erofs::plan

#endif  // EROFS_PLAN_BYTES_OUT_H_
