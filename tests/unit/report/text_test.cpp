// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/text.h"

#include <gtest/gtest.h>

namespace erofs::report {
namespace {

check::Report report_with(RuleId rule) {
  check::Report report;
  check::Finding finding;
  finding.rule = rule;
  report.add(finding);
  report.finish();
  return report;
}

TEST(CheckText, IsTheVerdictAloneForACleanImage) {
  check::Report report;
  report.finish();
  EXPECT_EQ(check_text(report, "a.erofs", {}), "a.erofs: conforming\n");
}

TEST(CheckText, EndsWithTheVerdict) {
  const auto report = report_with(RuleId::inode_mode_type);
  const std::string text = check_text(report, "a.erofs", {});
  const std::string last = "\na.erofs: malformed (1 malformed)\n";
  ASSERT_GE(text.size(), last.size());
  EXPECT_EQ(text.substr(text.size() - last.size()), last);
  EXPECT_EQ(text.find("malformed (1)"), 0U);
}

TEST(CheckText, CountsAdvisoryFindingsOfAConformingImage) {
  const auto report = report_with(RuleId::superblock_reserved_zero);
  EXPECT_EQ(check_text(report, "x", {false, true}),
            "x: conforming (1 advisory)\n");
}

TEST(CheckText, SaysNoMoreThanTheVerdictWhereQuiet) {
  const auto report = report_with(RuleId::cluster_algorithm_known);
  EXPECT_EQ(check_text(report, "x", {false, true}),
            "x: unsupported (1 unsupported)\n");
}

TEST(CheckText, ColoursTheVerdictOnDemand) {
  check::Report clean;
  clean.finish();
  EXPECT_EQ(check_text(clean, "x", {true, true}),
            "x: \033[1;32mconforming\033[0m\n");
  EXPECT_EQ(check_text(report_with(RuleId::inode_mode_type), "x", {true, true}),
            "x: \033[1;31mmalformed\033[0m (1 malformed)\n");
  EXPECT_EQ(check_text(report_with(RuleId::io_read_failed), "x", {true, true}),
            "x: \033[1;33mio\033[0m (1 io)\n");
}

}  // namespace
}  // namespace erofs::report
