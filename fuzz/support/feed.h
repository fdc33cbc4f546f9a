// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_FUZZ_SUPPORT_FEED_H_
#define EROFS_FUZZ_SUPPORT_FEED_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/budget.h"
#include "base/bytes.h"
#include "format/budget_rules.h"

namespace erofs::fuzz {

// An input split into options and payload. Options are taken from the end,
// so that a file that is a whole image stays one: its last bytes are
// nearly always padding, and zero options mean the plain case.
class Feed {
 public:
  Feed(const std::uint8_t* data, std::size_t size) noexcept
      : rest_(std::as_bytes(std::span(data, size))) {}

  // The last byte that was not taken yet; 0 where nothing is left.
  std::uint8_t option() noexcept {
    if (rest_.empty()) return 0;
    const auto value = std::to_integer<std::uint8_t>(rest_.back());
    rest_ = rest_.first(rest_.size() - 1);
    return value;
  }
  std::uint32_t option32() noexcept {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) value = value << 8 | option();
    return value;
  }
  [[nodiscard]] ByteView payload() const noexcept { return ByteView(rest_); }

 private:
  std::span<const std::byte> rest_;
};

// Small enough that a run which reaches a limit still ends in milliseconds.
inline constexpr Limits kFuzzLimits{
    .work = 8u << 20, .memory = 8u << 20, .depth = 128, .output = 4u << 20};

[[nodiscard]] inline Budget fuzz_budget() noexcept {
  return Budget(kFuzzLimits, format::budget_rules());
}

}  // namespace erofs::fuzz

#endif  // EROFS_FUZZ_SUPPORT_FEED_H_
