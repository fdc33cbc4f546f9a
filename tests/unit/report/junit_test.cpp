// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/junit.h"

#include <gtest/gtest.h>

namespace erofs::report {
namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

check::Report report_with(RuleId rule, bool whole = true) {
  check::Report report;
  check::Finding finding;
  finding.rule = rule;
  finding.path = "/a";
  report.add(finding);
  report.usage_known = whole;
  report.finish();
  return report;
}

std::string counts(const char* rest) {
  return "tests=\"" + std::to_string(format::rules().size()) + "\" " + rest;
}

TEST(CheckJunit, PassesEveryRuleOfACleanImage) {
  check::Report report;
  report.usage_known = true;
  report.finish();
  const std::string text = check_junit(report, "a");
  EXPECT_TRUE(has(text, counts("failures=\"0\" errors=\"0\" skipped=\"0\"")));
  EXPECT_TRUE(has(text, "<property name=\"verdict\" value=\"conforming\"/>"));
  EXPECT_TRUE(has(text,
                  "<testcase classname=\"erofs.inode\" "
                  "name=\"inode.mode.type\"/>\n"));
  EXPECT_FALSE(has(text, "name=\"\""));
}

TEST(CheckJunit, FailsTheRuleThatIsBroken) {
  const std::string text =
      check_junit(report_with(RuleId::inode_mode_type), "a");
  EXPECT_TRUE(has(text, counts("failures=\"1\" errors=\"0\" skipped=\"0\"")));
  EXPECT_TRUE(has(text,
                  "name=\"inode.mode.type\">\n      <failure "
                  "type=\"malformed\" message=\""));
  EXPECT_TRUE(has(text, ">at byte 0 (0x0): value 0 (0x0), /a\n"));
}

TEST(CheckJunit, CallsWhatWasNotJudgedAnErrorAndSkipsTheRest) {
  const std::string text =
      check_junit(report_with(RuleId::limit_work_reached, false), "a");
  const std::string rest = std::to_string(format::rules().size() - 1);
  EXPECT_TRUE(has(
      text,
      counts(
          ("failures=\"0\" errors=\"1\" skipped=\"" + rest + "\"").c_str())));
  EXPECT_TRUE(has(text, "<error type=\"limit\""));
  EXPECT_TRUE(has(text, "<skipped message="));
}

TEST(CheckJunit, PassesAdviceOn) {
  const std::string text =
      check_junit(report_with(RuleId::superblock_reserved_zero), "a");
  EXPECT_TRUE(has(text, counts("failures=\"0\" errors=\"0\" skipped=\"0\"")));
  EXPECT_TRUE(has(text, "<system-out>"));
}

TEST(CheckJunit, EscapesTheNameOfTheImage) {
  const std::string text =
      check_junit(report_with(RuleId::inode_mode_type), "<\"&\x01");
  EXPECT_TRUE(has(text, "<testsuite name=\"&lt;&quot;&amp;\xef\xbf\xbd\" "));
}

}  // namespace
}  // namespace erofs::report
