// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/amount.h"

#include <gtest/gtest.h>

#include <limits>

namespace erofs::report {
namespace {

TEST(Amount, RoundsDownToOneDigit) {
  EXPECT_EQ(amount(0), "0 bytes");
  EXPECT_EQ(amount(1), "1 byte");
  EXPECT_EQ(amount(1023), "1023 bytes");
  EXPECT_EQ(amount(1024), "1.0 KiB");
  EXPECT_EQ(amount(1535), "1.4 KiB");
  EXPECT_EQ(amount(1536), "1.5 KiB");
  EXPECT_EQ(amount(1048575), "1023.9 KiB");
  EXPECT_EQ(amount(1048576), "1.0 MiB");
  EXPECT_EQ(amount(std::uint64_t{1} << 40), "1.0 TiB");
  EXPECT_EQ(amount(std::numeric_limits<std::uint64_t>::max()), "15.9 EiB");
}

TEST(Plural, KnowsOne) {
  EXPECT_EQ(plural(0, "finding"), "0 findings");
  EXPECT_EQ(plural(1, "finding"), "1 finding");
  EXPECT_EQ(plural(2, "finding"), "2 findings");
}

// Values from `date -u -d @N`.
TEST(Utc, IsTheGregorianCalendar) {
  EXPECT_EQ(utc(0), "1970-01-01 00:00:00 UTC");
  EXPECT_EQ(utc(-1), "1969-12-31 23:59:59 UTC");
  EXPECT_EQ(utc(951782400), "2000-02-29 00:00:00 UTC");
  EXPECT_EQ(utc(951868800), "2000-03-01 00:00:00 UTC");
  EXPECT_EQ(utc(1795426620), "2026-11-23 09:37:00 UTC");
  EXPECT_EQ(utc(4107542400), "2100-03-01 00:00:00 UTC");
  EXPECT_EQ(utc(253402300799), "9999-12-31 23:59:59 UTC");
  EXPECT_EQ(utc(-62167219200), "0000-01-01 00:00:00 UTC");
}

TEST(Utc, GivesTheNumberWhereNoYearFits) {
  EXPECT_EQ(utc(253402300800), "253402300800 s");
  EXPECT_EQ(utc(-62167219201), "-62167219201 s");
  EXPECT_EQ(utc(std::numeric_limits<std::int64_t>::min()),
            "-9223372036854775808 s");
}

}  // namespace
}  // namespace erofs::report
