// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/usage_drawing.h"

#include <gtest/gtest.h>

#include "report/usage_bar.h"

namespace erofs::report {
namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != text.npos; ++at) {
    ++found;
  }
  return found;
}

TEST(UsageDrawing, IsEmptyWithoutBytes) { EXPECT_EQ(usage_drawing({}), ""); }

TEST(UsageDrawing, HasARectangleAndARowForEachUse) {
  check::Usage usage;
  usage[check::RangeKind::kSuperblock] = 1;
  usage[check::RangeKind::kData] = 999;
  const std::string text = usage_drawing(usage);
  EXPECT_EQ(count(text, "<rect"), 2U);
  EXPECT_EQ(count(text, "<tr>"), 2U);
  EXPECT_NE(text.find("file data</title>"), text.npos);
  EXPECT_NE(text.find("999 bytes"), text.npos);
  EXPECT_NE(text.find("99.9 %"), text.npos);
  EXPECT_NE(text.find("x=\"1\" y=\"0\" width=\"999\""), text.npos);
}

TEST(UsageDrawing, ShowsWhatIsSmallerThanAPixel) {
  check::Usage usage;
  usage[check::RangeKind::kSuperblock] = 1;
  usage[check::RangeKind::kData] = std::uint64_t{1} << 60;
  const std::string text = usage_drawing(usage);
  EXPECT_NE(text.find("x=\"0\" y=\"0\" width=\"1\""), text.npos);
}

}  // namespace
}  // namespace erofs::report
