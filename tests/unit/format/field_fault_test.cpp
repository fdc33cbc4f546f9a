// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "format/field_fault.h"

#include <gtest/gtest.h>

#include "format/superblock.gen.h"
#include "support/matchers.h"

namespace erofs::format {
namespace {

using test::FaultsWith;
using test::Succeeds;

constexpr Place kAt{Place::kMetabox, 1024};

SuperblockBuilder plain() {
  return SuperblockBuilder().magic(0xE0F5E1E2).blkszbits(12);
}

TEST(FieldFault, TakesItsKindFromTheRule) {
  const Fault refused =
      field_fault({RuleId::superblock_magic_equals, 0, 7}, kAt);
  EXPECT_EQ(refused, (Fault{FaultKind::kMalformed,
                            RuleId::superblock_magic_equals, kAt, 7}));
  const Fault unknown =
      field_fault({RuleId::superblock_incompat_known, 80, 0x200}, kAt);
  EXPECT_EQ(unknown, (Fault{FaultKind::kUnsupported,
                            RuleId::superblock_incompat_known,
                            {Place::kMetabox, 1104},
                            0x200}));
}

TEST(Accept, LetsGoodFieldsThrough) {
  EXPECT_THAT(accept(plain().view(), {}, kAt), Succeeds());
}

TEST(Accept, GivesTheFirstBrokenRule) {
  const auto two = plain().blkszbits(8).dirblkbits(1);
  EXPECT_THAT(accept(two.view(), {}, kAt),
              FaultsWith(Fault{FaultKind::kMalformed,
                               RuleId::superblock_blkszbits_range,
                               {Place::kMetabox, 1036},
                               8}));
}

TEST(Accept, LeavesTheChecksOfOthersAlone) {
  // Advisory: the checker's business.
  const auto odd = plain().feature_compat(0x80000000).xattr_filter_reserved(1);
  EXPECT_THAT(accept(odd.view(), {}, kAt), Succeeds());
}

}  // namespace
}  // namespace erofs::format
