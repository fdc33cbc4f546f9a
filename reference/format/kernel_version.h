// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_FORMAT_KERNEL_VERSION_H_
#define EROFS_FORMAT_KERNEL_VERSION_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace erofs::format {

// A series of Linux.
struct KernelVersion {
  std::uint32_t series = 0;  // 6 of 6.12
  std::uint32_t minor = 0;   // 12

  // NOLINTNEXTLINE(modernize-use-nullptr): sees a pointer where there is none
  friend auto operator<=>(const KernelVersion&, const KernelVersion&) = default;
};

// The release that made EROFS a stable filesystem.
inline constexpr KernelVersion kFirstKernel{5, 4};
// The first one whose blocks need not be pages, for all content but
// compressed one.
inline constexpr KernelVersion kSmallBlocksKernel{6, 4};
// The same for compressed content.
inline constexpr KernelVersion kSmallClustersKernel{6, 8};
// The first one that finds devices within the primary one.
inline constexpr KernelVersion kFlattenedKernel{6, 4};

// "6.12" or "6.12.34"; nothing for any other text.
[[nodiscard]] std::optional<KernelVersion> kernel_version(
    std::string_view text) noexcept;

// The first version that knows a bit of feature_incompat. Of several names
// for one bit that of the oldest counts: which is meant cannot be told from
// the bit. Nothing for a bit without a name.
[[nodiscard]] std::optional<KernelVersion> incompat_since(
    std::uint32_t mask) noexcept;

}  // namespace erofs::format

#endif  // EROFS_FORMAT_KERNEL_VERSION_H_
