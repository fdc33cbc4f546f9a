// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/place.h"

#include <gtest/gtest.h>

namespace erofs::report {
namespace {

TEST(PlaceText, NamesTheSpaceUnlessItIsTheImage) {
  EXPECT_EQ(place_text({Place::kPrimary, 1028}), "byte 1028 (0x404)");
  EXPECT_EQ(place_text({2, 0}), "device 2 byte 0 (0x0)");
  EXPECT_EQ(place_text({Place::kMetabox, 64}), "metabox byte 64 (0x40)");
  EXPECT_EQ(place_text({Place::kPacked, 1}), "packed inode byte 1 (0x1)");
}

TEST(SpaceText, IsEmptyForTheImage) {
  EXPECT_EQ(space_text(Place::kPrimary), "");
  EXPECT_EQ(space_text(65535), "device 65535");
  EXPECT_EQ(space_text(Place::kMetabox), "metabox");
}

}  // namespace
}  // namespace erofs::report
