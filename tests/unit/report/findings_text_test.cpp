// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/findings_text.h"

#include <gtest/gtest.h>

namespace erofs::report {
namespace {

check::Finding finding(RuleId rule, std::uint64_t offset,
                       std::uint64_t value = 0) {
  check::Finding made;
  made.rule = rule;
  made.where.offset = offset;
  made.value = value;
  return made;
}

std::string text_of(check::Report& report) {
  report.finish();
  return findings_text(report, Paint(false));
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(FindingsText, IsEmptyForNone) {
  check::Report report;
  EXPECT_EQ(text_of(report), "");
}

TEST(FindingsText, SaysRulePlaceValueInodeAndPath) {
  check::Report report;
  check::Finding made = finding(RuleId::directory_name_slash, 4672, 300);
  made.nid = 36;
  made.path = "/a b";
  report.add(made);
  const std::string text = text_of(report);
  EXPECT_TRUE(has(text,
                  "malformed (1): readers must refuse this\n"
                  "  directory.name.slash\n"))
      << text;
  EXPECT_TRUE(has(text,
                  "    at byte 4672 (0x1240): value 300 (0x12c), "
                  "inode 36, /a%20b\n"))
      << text;
}

TEST(FindingsText, PutsTheWorstClassFirst) {
  check::Report report;
  report.add(finding(RuleId::superblock_reserved_zero, 1));
  report.add(finding(RuleId::limit_work_reached, 2));
  report.add(finding(RuleId::inode_nlink_match, 3));
  report.add(finding(RuleId::inode_mode_type, 4));
  const std::string text = text_of(report);
  const auto malformed = text.find("malformed (1)");
  const auto invalid = text.find("invalid (1)");
  const auto limit = text.find("limit (1)");
  const auto advisory = text.find("advisory (1)");
  EXPECT_LT(malformed, invalid) << text;
  EXPECT_LT(invalid, limit) << text;
  EXPECT_LT(limit, advisory) << text;
  EXPECT_NE(advisory, std::string::npos);
}

TEST(FindingsText, GathersARuleUnderOneHead) {
  check::Report report;
  report.add(finding(RuleId::inode_nlink_match, 10));
  report.add(finding(RuleId::inode_nlink_nonzero, 20));
  report.add(finding(RuleId::inode_nlink_match, 30));
  const std::string text = text_of(report);
  const auto head = text.find("  inode.nlink.match\n");
  ASSERT_NE(head, std::string::npos);
  EXPECT_EQ(text.find("  inode.nlink.match\n", head + 1), std::string::npos);
  EXPECT_LT(text.find("at byte 30"), text.find("  inode.nlink.nonzero\n"));
}

TEST(FindingsText, ShowsEightPlacesAndCountsTheRest) {
  check::Report report;
  for (std::uint64_t i = 0; i < kShownPerRule; ++i) {
    report.add(finding(RuleId::inode_mode_type, i));
  }
  EXPECT_FALSE(has(text_of(report), "more\n"));
  report.add(finding(RuleId::inode_mode_type, 8));
  const std::string text = text_of(report);
  EXPECT_TRUE(has(text, "    ... and 1 more\n")) << text;
  EXPECT_FALSE(has(text, "at byte 8 "));
}

TEST(FindingsText, CountsWhatTheReportDroppedToo) {
  check::Report report;
  const std::uint64_t all = check::Report::kKeptPerRule + 12;
  for (std::uint64_t i = 0; i < all; ++i) {
    report.add(finding(RuleId::inode_mode_type, i));
  }
  const std::string text = text_of(report);
  EXPECT_TRUE(has(text, "malformed (268)")) << text;
  EXPECT_TRUE(has(text, "... and 260 more\n")) << text;
}

TEST(FindingsText, SaysWhatToDo) {
  check::Report report;
  report.add(finding(RuleId::superblock_magic_equals, 1024));
  EXPECT_TRUE(has(text_of(report), "    -> see whether this is an EROFS"));
}

TEST(FindingsText, KeepsLinesShort) {
  check::Report report;
  for (const auto& rule : format::rules()) {
    report.add(finding(*format::find_rule(rule.id), 0));
  }
  const std::string text = text_of(report);
  std::size_t start = 0;
  for (std::size_t end = text.find('\n'); end != std::string::npos;
       start = end + 1, end = text.find('\n', start)) {
    EXPECT_LE(end - start, 80U) << text.substr(start, end - start);
  }
}

TEST(CountsText, NamesClassesWithFindings) {
  check::Report report;
  EXPECT_EQ(counts_text(report), "");
  report.add(finding(RuleId::superblock_reserved_zero, 1));
  report.add(finding(RuleId::inode_mode_type, 2));
  report.add(finding(RuleId::inode_mode_type, 3));
  report.finish();
  EXPECT_EQ(counts_text(report), "2 malformed, 1 advisory");
}

}  // namespace
}  // namespace erofs::report
