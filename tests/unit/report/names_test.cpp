// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/names.h"

#include <gtest/gtest.h>

#include "support/hex.h"

namespace erofs::report {
namespace {

TEST(TypeName, KnowsEveryType) {
  EXPECT_EQ(type_name(format::ModeType::kRegular), "regular");
  EXPECT_EQ(type_name(format::ModeType::kSocket), "socket");
  EXPECT_EQ(type_name(static_cast<format::ModeType>(3)), "unknown");
}

TEST(LayoutName, KnowsEveryLayout) {
  EXPECT_EQ(layout_name(format::Layout::kFlatPlain), "flat_plain");
  EXPECT_EQ(layout_name(format::Layout::kChunkBased), "chunk_based");
  EXPECT_EQ(layout_name(static_cast<format::Layout>(7)), "unknown");
}

TEST(UuidText, HasFiveGroups) {
  std::array<std::byte, 16> uuid{};
  const auto bytes = test::hex("1b4e28ba 2fa1 11d2 883f 0016d3cca427");
  std::copy(bytes.begin(), bytes.end(), uuid.begin());
  EXPECT_EQ(uuid_text(uuid), "1b4e28ba-2fa1-11d2-883f-0016d3cca427");
}

}  // namespace
}  // namespace erofs::report
