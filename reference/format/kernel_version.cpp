// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "format/kernel_version.h"

#include "format/features.gen.h"

namespace erofs::format {
namespace {

// Takes a number, and the dot behind it if there is one, off `text`.
std::optional<std::uint32_t> number(std::string_view& text) noexcept {
  const auto end = text.find('.');
  const std::string_view digits = text.substr(0, end);
  constexpr std::size_t kMost = 6;  // digits, far from any overflow
  if (digits.empty() || digits.size() > kMost) return std::nullopt;
  std::uint32_t value = 0;
  for (const char digit : digits) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint32_t>(digit - '0');
  }
  text = end == std::string_view::npos ? "" : text.substr(end + 1);
  return value;
}

}  // namespace

std::optional<KernelVersion> kernel_version(std::string_view text) noexcept {
  if (text.ends_with('.')) return std::nullopt;
  const auto series = number(text);
  const auto minor = number(text);
  if (!series || !minor) return std::nullopt;
  if (!text.empty() && (!number(text) || !text.empty())) return std::nullopt;
  return KernelVersion{*series, *minor};
}

std::optional<KernelVersion> incompat_since(std::uint32_t mask) noexcept {
  std::optional<KernelVersion> first;
  for (const auto& feature : features()) {
    if (!feature.incompat || feature.mask != mask) continue;
    const auto known = kernel_version(feature.since);
    if (known && (!first || *known < *first)) first = known;
  }
  return first;
}

}  // namespace erofs::format
