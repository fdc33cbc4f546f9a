// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_AMOUNT_H_
#define EROFS_REPORT_AMOUNT_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace erofs::report {

// Bytes for people: "512 bytes", "1.5 KiB", "16.0 EiB"; rounded down.
[[nodiscard]] std::string amount(std::uint64_t bytes);

// "1 finding", "2 findings".
[[nodiscard]] std::string plural(std::uint64_t count, std::string_view noun);

// Seconds since 1970 as "2026-11-23 09:37:00 UTC", in the proleptic
// Gregorian calendar; the bare number outside the years 0 to 9999.
[[nodiscard]] std::string utc(std::int64_t seconds);

}  // namespace erofs::report

#endif  // EROFS_REPORT_AMOUNT_H_
