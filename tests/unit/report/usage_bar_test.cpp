// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/usage_bar.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "report/range_names.h"

namespace erofs::report {
namespace {

check::Usage usage_of(std::uint64_t superblock, std::uint64_t inodes,
                      std::uint64_t directories, std::uint64_t data,
                      std::uint64_t padding) {
  check::Usage usage;
  usage[check::RangeKind::kSuperblock] = superblock;
  usage[check::RangeKind::kInode] = inodes;
  usage[check::RangeKind::kDirectory] = directories;
  usage[check::RangeKind::kCluster] = data;
  usage[check::RangeKind::kPadding] = padding;
  return usage;
}

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
  const check::Usage usage = usage_of(1000, 1000, 1000, 2000, 1000);
  const std::string bar = cells(usage);
  EXPECT_EQ(bar, std::string(10, 'S') + std::string(10, 'i') +
                     std::string(10, 'd') + std::string(20, '#') +
                     std::string(10, '.'));
  EXPECT_NE(usage_bar(usage).find(
                "# file data                        1.9 KiB  33.3 %"),
            std::string::npos)
      << usage_bar(usage);
}

TEST(UsageBar, ShowsTheSmallestUseAndHidesNone) {
  const std::string bar = cells(usage_of(1, 0, 0, 1000000, 0));
  EXPECT_EQ(bar.size(), 60U);
  EXPECT_EQ(number_of(bar, 'S'), 1);
  EXPECT_EQ(number_of(bar, 'i'), 0);
  EXPECT_EQ(number_of(bar, '#'), 59);
}

TEST(UsageBar, KeepsItsWidthWhateverTheNumbers) {
  constexpr std::uint64_t kQuarter =
      std::numeric_limits<std::uint64_t>::max() / 4;
  EXPECT_EQ(cells(usage_of(kQuarter, kQuarter, kQuarter, 1, 1)).size(), 60U);
  EXPECT_EQ(cells(usage_of(7, 11, 13, 17, 19)).size(), 60U);
  EXPECT_EQ(cells(usage_of(0, 0, 0, 0, 1)), std::string(60, '.'));
}

TEST(UsageBar, HasAMarkForEachKind) {
  for (std::size_t i = 0; i < check::kRangeKinds; ++i) {
    check::Usage usage;
    usage.bytes[i] = 100;
    EXPECT_EQ(cells(usage), std::string(60, kRangeNames[i].mark));
    EXPECT_EQ(kRangeNames[i].kind, static_cast<check::RangeKind>(i));
  }
}

TEST(UsageBar, IsEmptyForNoBytes) { EXPECT_EQ(usage_bar({}), ""); }

}  // namespace
}  // namespace erofs::report
