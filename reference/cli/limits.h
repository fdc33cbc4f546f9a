// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CLI_LIMITS_H_
#define EROFS_CLI_LIMITS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/budget.h"

namespace erofs::cli {

// "4096", "0x1000", "4K": decimal or hexadecimal, with a binary multiple K,
// M, G or T behind it. Nothing for other text and for what passes 64 bits.
[[nodiscard]] std::optional<std::uint64_t> parse_amount(std::string_view text);

// "90", "90s", "1500ms", "5m", "2h": milliseconds; seconds without a unit.
[[nodiscard]] std::optional<std::uint64_t> parse_time(std::string_view text);

// Why NAME=VALUE cannot be a --limit; empty where it can.
[[nodiscard]] std::string limit_error(const std::string& text);

// The last time=VALUE of `texts`, in milliseconds.
[[nodiscard]] std::optional<std::uint64_t> time_limit(
    const std::vector<std::string>& texts);

// `limits` with those that `texts` (each without a limit_error()) sets.
[[nodiscard]] Limits with_limits(Limits limits,
                                 const std::vector<std::string>& texts);

}  // namespace erofs::cli

#endif  // EROFS_CLI_LIMITS_H_
