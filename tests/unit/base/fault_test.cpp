// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "base/fault.h"

#include <gtest/gtest.h>

#include <limits>

#include "support/matchers.h"

namespace erofs {
namespace {

constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();

TEST(Place, MovesOnWithinItsSpace) {
  const Place place{7, 100};
  EXPECT_EQ(place.plus(28), (Place{7, 128}));
  EXPECT_EQ(place.plus(0), place);
}

TEST(Place, StopsAtTheLastAddress) {
  EXPECT_EQ((Place{7, kMax - 1}.plus(1)), (Place{7, kMax}));
  EXPECT_EQ((Place{7, kMax - 1}.plus(2)), (Place{7, kMax}));
  EXPECT_EQ((Place{7, kMax}.plus(kMax)), (Place{7, kMax}));
}

TEST(Place, SpacesOfDecodedContentAreNoDeviceIds) {
  EXPECT_GT(Place::kMetabox, std::numeric_limits<std::uint16_t>::max());
  EXPECT_GT(Place::kPacked, std::numeric_limits<std::uint16_t>::max());
  EXPECT_NE(Place::kMetabox, Place::kPacked);
}

TEST(Fault, EqualsOnlyInEveryPart) {
  const Fault fault{FaultKind::kIo, RuleId{5}, {1, 2}, 3};
  EXPECT_EQ(fault, fault);
  EXPECT_NE(fault, (Fault{FaultKind::kLimit, RuleId{5}, {1, 2}, 3}));
  EXPECT_NE(fault, (Fault{FaultKind::kIo, RuleId{6}, {1, 2}, 3}));
  EXPECT_NE(fault, (Fault{FaultKind::kIo, RuleId{5}, {0, 2}, 3}));
  EXPECT_NE(fault, (Fault{FaultKind::kIo, RuleId{5}, {1, 0}, 3}));
  EXPECT_NE(fault, (Fault{FaultKind::kIo, RuleId{5}, {1, 2}, 0}));
}

}  // namespace
}  // namespace erofs
