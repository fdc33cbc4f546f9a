// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/amount.h"

#include <fmt/core.h>

namespace erofs::report {
namespace {

constexpr std::string_view kUnits = "KMGTPE";
constexpr std::int64_t kDaySeconds = std::int64_t{24} * 60 * 60;
// 0000-01-01 and 10000-01-01 in seconds since 1970.
constexpr std::int64_t kYearZero = -719528 * kDaySeconds;
constexpr std::int64_t kYearTenThousand = 2932897 * kDaySeconds;

constexpr bool leap(std::int64_t year) noexcept {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

constexpr std::int64_t days_in(std::int64_t year, int month) noexcept {
  if (month == 2) return leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// Days from 0000-01-01 to the first day of `year`.
constexpr std::int64_t days_before(std::int64_t year) noexcept {
  if (year == 0) return 0;
  const std::int64_t past = year - 1;
  return year * 365 + past / 4 - past / 100 + past / 400 + 1;
}

}  // namespace

std::string amount(std::uint64_t bytes) {
  if (bytes < 1024) return plural(bytes, "byte");
  unsigned unit = 0;
  while (unit + 1 < kUnits.size() && (bytes >> (10 * (unit + 2))) != 0) ++unit;
  const std::uint64_t tenths = (bytes >> (10 * unit)) * 10 / 1024;
  return fmt::format("{}.{} {}iB", tenths / 10, tenths % 10, kUnits[unit]);
}

std::string plural(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string utc(std::int64_t seconds) {
  if (seconds < kYearZero || seconds >= kYearTenThousand) {
    return fmt::format("{} s", seconds);
  }
  const std::int64_t since_zero = seconds - kYearZero;
  std::int64_t days = since_zero / kDaySeconds;
  const std::int64_t time = since_zero % kDaySeconds;
  std::int64_t year = days / 366;  // never after the year that is sought
  while (days_before(year + 1) <= days) ++year;
  days -= days_before(year);
  int month = 1;
  while (days >= days_in(year, month)) days -= days_in(year, month++);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02} UTC", year, month,
                     days + 1, time / 3600, time / 60 % 60, time % 60);
}

}  // namespace erofs::report
