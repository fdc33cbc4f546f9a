// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/usage_bar.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

namespace erofs::report {
namespace {

// The cells between the brackets.
std::string cells(const check::Usage& usage) {
  const std::string text = usage_bar(usage);
  const auto open = text.find('[');
  const auto close = text.find(']');
  if (open == std::string::npos || close == std::string::npos) return {};
  return text.substr(open + 1, close - open - 1);
}

auto number_of(const std::string& text, char mark) {
  return std::count(text.begin(), text.end(), mark);
}

TEST(UsageBar, GivesEachUseItsShare) {
  const check::Usage usage{1000, 1000, 1000, 2000, 1000};
  const std::string bar = cells(usage);
  EXPECT_EQ(bar, std::string(10, 'S') + std::string(10, 'M') +
                     std::string(10, 'd') + std::string(20, '#') +
                     std::string(10, '.'));
  EXPECT_NE(
      usage_bar(usage).find("# file data                  1.9 KiB  33.3 %"),
      std::string::npos)
      << usage_bar(usage);
}

TEST(UsageBar, ShowsTheSmallestUseAndHidesNone) {
  const std::string bar = cells({1, 0, 0, 1000000, 0});
  EXPECT_EQ(bar.size(), 60U);
  EXPECT_EQ(number_of(bar, 'S'), 1);
  EXPECT_EQ(number_of(bar, 'M'), 0);
  EXPECT_EQ(number_of(bar, '#'), 59);
}

TEST(UsageBar, KeepsItsWidthWhateverTheNumbers) {
  constexpr std::uint64_t kQuarter =
      std::numeric_limits<std::uint64_t>::max() / 4;
  EXPECT_EQ(cells({kQuarter, kQuarter, kQuarter, 1, 1}).size(), 60U);
  EXPECT_EQ(cells({7, 11, 13, 17, 19}).size(), 60U);
  EXPECT_EQ(cells({0, 0, 0, 0, 1}), std::string(60, '.'));
}

TEST(UsageBar, IsEmptyForNoBytes) { EXPECT_EQ(usage_bar({}), ""); }

}  // namespace
}  // namespace erofs::report
