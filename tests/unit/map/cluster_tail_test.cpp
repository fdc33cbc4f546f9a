// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/cluster_tail.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "image/memory_source.h"
#include "support/hex.h"
#include "support/matchers.h"

namespace erofs::map {
namespace {

using test::Bytes;
using test::FaultsWith;
using test::IsMalformed;
using test::Succeeds;
using test::view;

const Bytes kBytes = test::repeat(0, 1400);

Result<Location> tail(std::uint64_t offset, std::uint32_t length) {
  static const image::MemorySource source(view(kBytes));
  decode::Geometry geometry;
  geometry.block_bits = 9;
  return inline_tail(source, {Place::kPrimary, offset}, length, geometry);
}

TEST(InlineTail, WithinItsBlock) {
  ASSERT_THAT(tail(1000, 24), Succeeds());
  EXPECT_EQ(tail(1000, 24)->place.offset, 1000U);
  EXPECT_THAT(tail(1000, 25),
              IsMalformed(RuleId::cluster_inline_fit, 1000, 25));
  // A whole block fits where one begins.
  EXPECT_THAT(tail(512, 512), Succeeds());
  EXPECT_THAT(tail(512, 513),
              IsMalformed(RuleId::cluster_inline_fit, 512, 513));
}

TEST(InlineTail, WithinItsSpace) {
  EXPECT_THAT(tail(1390, 10), Succeeds());
  EXPECT_THAT(tail(1390, 11),
              IsMalformed(RuleId::cluster_inline_within_image, 1390, 11));
  EXPECT_THAT(tail(2048, 1),
              IsMalformed(RuleId::cluster_inline_within_image, 2048, 1));
}

class FragmentTest : public testing::Test {
 protected:
  Result<Location> at(std::uint64_t offset, std::uint64_t length) {
    return fragment(image_, offset, length, {Place::kPrimary, 77});
  }
  image::MemorySource packed_{view(kBytes)};
  Image image_;
};

TEST_F(FragmentTest, WithinThePackedInode) {
  image_.packed = &packed_;
  ASSERT_THAT(at(1300, 100), Succeeds());
  EXPECT_EQ(at(1300, 100)->source, &packed_);
  EXPECT_EQ(at(1300, 100)->place, (Place{Place::kPacked, 1300}));
  EXPECT_THAT(at(1300, 101),
              IsMalformed(RuleId::cluster_fragment_within_packed, 77, 1401));
  EXPECT_THAT(at(1401, 1),
              IsMalformed(RuleId::cluster_fragment_within_packed, 77, 1402));
  constexpr std::uint64_t kMax = ~std::uint64_t{0};
  EXPECT_THAT(at(kMax, 2),
              IsMalformed(RuleId::cluster_fragment_within_packed, 77, kMax));
}

TEST_F(FragmentTest, NeedsAPackedInode) {
  EXPECT_THAT(at(3, 1), IsMalformed(RuleId::cluster_fragment_packed, 77, 3));
  const Fault why{
      FaultKind::kMalformed, RuleId::superblock_packed_regular, {}, 4};
  image_.packed_fault = &why;
  EXPECT_THAT(at(3, 1), FaultsWith(why));
}

TEST_F(FragmentTest, NotInThePackedInodeItself) {
  image_.packed = &packed_;
  image_.fragments = false;
  EXPECT_THAT(at(3, 1), IsMalformed(RuleId::cluster_fragment_nested, 77, 3));
}

}  // namespace
}  // namespace erofs::map
