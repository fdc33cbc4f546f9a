// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/extent.h"

#include <gtest/gtest.h>

#include "support/matchers.h"

namespace erofs::map {
namespace {

TEST(Extent, FromMovesAllThree) {
  const Extent extent{ExtentKind::kRaw, 100, 50, {nullptr, {2, 4096}}, 0, {}};
  EXPECT_FALSE(extent.covers(99));
  EXPECT_TRUE(extent.covers(100));
  EXPECT_TRUE(extent.covers(149));
  EXPECT_FALSE(extent.covers(150));
  const Extent part = extent.from(130);
  EXPECT_EQ(part.kind, ExtentKind::kRaw);
  EXPECT_EQ(part.logical, 130U);
  EXPECT_EQ(part.length, 20U);
  EXPECT_EQ(part.location.place, (Place{2, 4126}));
}

TEST(Extent, AStreamStaysWhereItIs) {
  const Extent extent{ExtentKind::kEncoded, 100, 50,
                      {nullptr, {2, 4096}}, 7,   {}};
  const Extent part = extent.from(130);
  EXPECT_EQ(part.logical, 130U);
  EXPECT_EQ(part.length, 20U);
  EXPECT_EQ(part.location.place, (Place{2, 4096}));
  EXPECT_EQ(part.skip, 37U);
}

TEST(File, AddressPlaceIsThatOfTheUnion) {
  File file;
  file.inode.body_size = 64;
  file.inode.xattr_size = 40;
  file.tail = {Place::kMetabox, 1000 + 64 + 40};
  EXPECT_EQ(file.address_place(), (Place{Place::kMetabox, 1016}));
}

}  // namespace
}  // namespace erofs::map
