// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_BASE_CHECKED_H_
#define EROFS_BASE_CHECKED_H_

#include <cstdint>
#include <optional>

// Arithmetic on numbers that came from an image: a result, or nothing where
// 64 bits do not hold it.
namespace erofs::checked {

[[nodiscard]] constexpr std::optional<std::uint64_t> add(
    std::uint64_t a, std::uint64_t b) noexcept {
  if (b > ~std::uint64_t{0} - a) return std::nullopt;
  return a + b;
}

[[nodiscard]] constexpr std::optional<std::uint64_t> sub(
    std::uint64_t a, std::uint64_t b) noexcept {
  if (b > a) return std::nullopt;
  return a - b;
}

[[nodiscard]] constexpr std::optional<std::uint64_t> mul(
    std::uint64_t a, std::uint64_t b) noexcept {
  if (a != 0 && b > ~std::uint64_t{0} / a) return std::nullopt;
  return a * b;
}

// a * 2^bits.
[[nodiscard]] constexpr std::optional<std::uint64_t> shift_left(
    std::uint64_t a, unsigned bits) noexcept {
  if (a == 0) return 0;
  if (bits >= 64 || a > (~std::uint64_t{0} >> bits)) return std::nullopt;
  return a << bits;
}

// Smallest multiple of `unit` (a power of two) that is not below `a`.
[[nodiscard]] constexpr std::optional<std::uint64_t> round_up(
    std::uint64_t a, std::uint64_t unit) noexcept {
  const auto sum = add(a, unit - 1);
  if (!sum) return std::nullopt;
  return *sum & ~(unit - 1);
}

// a / unit rounded up; `unit` is not zero. Never overflows.
[[nodiscard]] constexpr std::uint64_t ceil_div(std::uint64_t a,
                                               std::uint64_t unit) noexcept {
  return a / unit + (a % unit != 0 ? 1 : 0);
}

// Whether [offset, offset + length) lies within [0, size).
[[nodiscard]] constexpr bool within(std::uint64_t offset, std::uint64_t length,
                                    std::uint64_t size) noexcept {
  return offset <= size && length <= size - offset;
}

}  // namespace erofs::checked

#endif  // EROFS_BASE_CHECKED_H_
