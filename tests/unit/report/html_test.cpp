// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/html.h"

#include <gtest/gtest.h>

namespace erofs::report {
namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

check::Report broken() {
  check::Report report;
  check::Finding one;
  one.rule = RuleId::superblock_reserved_zero;
  report.add(one);
  one.rule = RuleId::superblock_checksum_match;
  one.where.offset = 1028;
  one.path = "/<b>";
  report.add(one);
  report.finish();
  return report;
}

TEST(AuditHtml, IsOnePageThatFetchesAndRunsNothing) {
  const std::string text = audit_html(broken(), "a");
  EXPECT_EQ(text.find("<!DOCTYPE html>"), 0U);
  EXPECT_TRUE(has(text, "</html>\n"));
  for (const char* never : {"<script", "http:", "https:", "src=", "<link",
                            "url(", "@import", "onload"}) {
    EXPECT_FALSE(has(text, never)) << never;
  }
}

TEST(AuditHtml, EscapesTheNameOfTheImageAndPaths) {
  const std::string text = audit_html(broken(), "<img \"x\">&\xff");
  EXPECT_FALSE(has(text, "<img"));
  EXPECT_TRUE(has(text, "<h1>&lt;img &quot;x&quot;&gt;&amp;\xef\xbf\xbd</h1>"));
  EXPECT_FALSE(has(text, "<b>"));
}

TEST(AuditHtml, TellsTheWorstFirst) {
  const std::string text = audit_html(broken(), "a");
  EXPECT_TRUE(has(text,
                  "class=\"verdict malformed\">malformed</strong> 1 "
                  "malformed, 1 advisory"));
  const auto bad = text.find("<article class=\"malformed\">");
  const auto advice = text.find("<article class=\"advisory\">");
  ASSERT_NE(bad, text.npos);
  ASSERT_NE(advice, text.npos);
  EXPECT_LT(bad, advice);
  EXPECT_TRUE(has(text, "<li>byte 1028 (0x404): value 0 (0x0), "));
  EXPECT_TRUE(has(text, "What to do:"));
  EXPECT_TRUE(has(text, "spec/FORMAT.md#superblock.checksum.match"));
}

TEST(AuditHtml, CountsWhatWasNotKept) {
  check::Report report;
  for (std::uint64_t i = 0; i < check::Report::kKeptPerRule + 3; ++i) {
    check::Finding one;
    one.rule = RuleId::inode_mode_type;
    one.where.offset = i;
    report.add(one);
  }
  report.finish();
  EXPECT_TRUE(has(audit_html(report, "a"), "<li>... and 3 more</li>"));
}

TEST(AuditHtml, DrawsTheUseOfBytesWhereItIsKnown) {
  check::Report report;
  report.summary.known = true;
  report.finish();
  EXPECT_TRUE(has(audit_html(report, "a"), "was not read to its end"));
  report.usage_known = true;
  report.usage[check::RangeKind::kSuperblock] = 4096;
  const std::string text = audit_html(report, "a");
  EXPECT_TRUE(has(text, "<svg "));
  EXPECT_TRUE(has(text, "<p>none</p>"));
  EXPECT_TRUE(has(text, "conforming</strong> no finding"));
}

}  // namespace
}  // namespace erofs::report
