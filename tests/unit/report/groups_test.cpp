// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/groups.h"

#include <gtest/gtest.h>

namespace erofs::report {
namespace {

check::Finding finding(RuleId rule, std::uint64_t offset) {
  check::Finding made;
  made.rule = rule;
  made.where.offset = offset;
  return made;
}

TEST(Groups, HoldTheFindingsOfARuleInTheirOrder) {
  check::Report report;
  report.add(finding(RuleId::inode_mode_type, 1));
  report.add(finding(RuleId::directory_name_slash, 2));
  report.add(finding(RuleId::inode_mode_type, 3));
  report.add(finding(RuleId::superblock_reserved_zero, 4));
  report.finish();
  const auto groups = groups_of(report, format::RuleClass::kMalformed);
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].rule, RuleId::inode_mode_type);
  ASSERT_EQ(groups[0].findings.size(), 2U);
  EXPECT_EQ(groups[0].findings[1]->where.offset, 3U);
  EXPECT_EQ(groups[1].rule, RuleId::directory_name_slash);
  EXPECT_TRUE(groups_of(report, format::RuleClass::kIo).empty());
}

TEST(Groups, HaveEachClassOnce) {
  EXPECT_EQ(kClasses.front().cls, format::RuleClass::kMalformed);
  EXPECT_EQ(kClasses.back().cls, format::RuleClass::kAdvisory);
}

TEST(FindingText, TellsPlaceAndValue) {
  check::Finding made = finding(RuleId::inode_mode_type, 32);
  made.value = 7;
  EXPECT_EQ(finding_text(made), "byte 32 (0x20): value 7 (0x7)");
  made.nid = 36;
  made.path = "/a b";
  made.where.space = Place::kMetabox;
  EXPECT_EQ(finding_text(made),
            "metabox byte 32 (0x20): value 7 (0x7), inode 36, /a%20b");
}

}  // namespace
}  // namespace erofs::report
