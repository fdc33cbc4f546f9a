// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_NAMES_H_
#define EROFS_REPORT_NAMES_H_

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "format/limits.gen.h"

namespace erofs::report {

struct TypeName {
  format::ModeType type;
  std::string_view name;
};

struct LayoutName {
  format::Layout layout;
  std::string_view name;
};

// What reports call the types of inodes, most frequent first.
inline constexpr std::array<TypeName, 7> kTypeNames = {{
    {format::ModeType::kRegular, "regular"},
    {format::ModeType::kDirectory, "directory"},
    {format::ModeType::kSymlink, "symlink"},
    {format::ModeType::kCharDevice, "char_device"},
    {format::ModeType::kBlockDevice, "block_device"},
    {format::ModeType::kFifo, "fifo"},
    {format::ModeType::kSocket, "socket"},
}};

inline constexpr std::array<LayoutName, 5> kLayoutNames = {{
    {format::Layout::kFlatPlain, "flat_plain"},
    {format::Layout::kFlatInline, "flat_inline"},
    {format::Layout::kChunkBased, "chunk_based"},
    {format::Layout::kCompressedFull, "compressed_full"},
    {format::Layout::kCompressedCompact, "compressed_compact"},
}};

[[nodiscard]] std::string_view type_name(format::ModeType type) noexcept;
[[nodiscard]] std::string_view layout_name(format::Layout layout) noexcept;

// "1b4e28ba-2fa1-11d2-883f-0016d3cca427"; 16 bytes in stored order.
template <std::size_t N>
[[nodiscard]] std::string uuid_text(const std::array<std::byte, N>& uuid) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < N; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += kDigits[std::to_integer<std::size_t>(uuid[i] >> 4)];
    text += kDigits[std::to_integer<std::size_t>(uuid[i]) % 16];
  }
  return text;
}

}  // namespace erofs::report

#endif  // EROFS_REPORT_NAMES_H_
