// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include <limits>

#include "format/features.gen.h"
#include "format/limits.gen.h"
#include "report/text.h"

namespace erofs::report {
namespace {

check::Report sample() {
  check::Report report;
  auto& summary = report.summary;
  summary.known = true;
  summary.block_size = 4096;
  summary.blocks = 6;
  summary.image_bytes = 24576;
  summary.inos = 7;
  summary.feature_compat = format::compat::kSbChksum;
  summary.feature_incompat = format::incompat::kChunkedFile;
  summary.root_nid = 36;
  summary.epoch = 1000;
  summary.label = "a b";
  summary.extra_devices = 2;
  summary.devices_given = 1;
  report.inventory.inodes = 3;
  report.inventory
      .by_type[static_cast<std::size_t>(format::ModeType::kSymlink)] = 2;
  report.inventory
      .by_layout[static_cast<std::size_t>(format::Layout::kFlatInline)] = 3;
  report.inventory.file_bytes = 20006;
  report.usage[check::RangeKind::kSuperblock] = 1024;
  report.usage[check::RangeKind::kInode] = 2048;
  report.usage[check::RangeKind::kData] = 16384;
  report.usage[check::RangeKind::kPadding] = 5120;
  report.usage_known = true;
  report.finish();
  return report;
}

std::string text_of(const check::Report& report) {
  return audit_text(report, "a.erofs", {});
}

testing::AssertionResult has(const std::string& text, std::string_view part) {
  if (text.find(part) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << part << " is not in\n" << text;
}

TEST(AuditText, StartsWithTheSuperblock) {
  const std::string text = text_of(sample());
  EXPECT_EQ(text.find("Image\n"), 0U);
  EXPECT_TRUE(has(text, "  image          24.0 KiB (24576 bytes)\n"));
  EXPECT_TRUE(has(text, "  blocks         6 of 4096 bytes\n"));
  EXPECT_TRUE(has(text, "  label          a%20b\n"));
  EXPECT_TRUE(has(text, "  epoch          1970-01-01 00:16:40 UTC\n"));
  EXPECT_TRUE(has(text, "  inodes         7 declared, root is 36\n"));
  EXPECT_TRUE(has(text, "  compat         SB_CHKSUM\n"));
  EXPECT_TRUE(has(text, "  incompat       CHUNKED_FILE\n"));
  EXPECT_TRUE(has(text, "  needs          Linux >= 5.15\n"));
  EXPECT_TRUE(has(text, "  devices        2 in the table, 1 given\n"));
}

TEST(AuditText, CountsWhatTheImageHolds) {
  const std::string text = text_of(sample());
  EXPECT_TRUE(has(text, "\nInventory\n"));
  EXPECT_TRUE(has(text, "    symlink                               2\n"));
  EXPECT_TRUE(has(text, "    with flat_inline data                 3\n"));
  EXPECT_TRUE(has(text, "  bytes in files                      20006\n"));
  EXPECT_EQ(text.find("    fifo "), std::string::npos);
}

TEST(AuditText, DrawsTheUseOfBytesWhereItIsKnown) {
  check::Report report = sample();
  EXPECT_TRUE(has(text_of(report), "\nUse of bytes\n  [SS"));
  report.usage_known = false;
  EXPECT_TRUE(has(text_of(report), "\nUse of bytes\n  unknown: "));
}

TEST(AuditText, EndsWithFindingsAndVerdict) {
  EXPECT_TRUE(
      has(text_of(sample()), "\nFindings\n  none\n\na.erofs: conforming\n"));
  check::Report report = sample();
  check::Finding finding;
  finding.rule = RuleId::inode_mode_type;
  report.add(finding);
  report.finish();
  EXPECT_TRUE(has(text_of(report), "\nFindings\nmalformed (1): "));
}

TEST(AuditText, SaysThatTheSuperblockCannotBeRead) {
  check::Report report;
  report.summary.image_bytes = 5;
  report.finish();
  const std::string text = text_of(report);
  EXPECT_TRUE(has(text, "  image          5 bytes\n"));
  EXPECT_TRUE(has(text, "  superblock     cannot be read"));
  EXPECT_EQ(text.find("Inventory"), std::string::npos);
}

TEST(AuditText, ShowsWhenTheImageWasBuilt) {
  check::Report report = sample();
  report.summary.build_time = 60;
  EXPECT_TRUE(has(text_of(report), "  built          1970-01-01 00:17:40 UTC"));
}

TEST(AuditText, ShowsTheEpochWhereTheSumIsNoTime) {
  check::Report report = sample();
  report.summary.build_time = 1;
  report.summary.epoch = std::numeric_limits<std::int64_t>::max();
  EXPECT_TRUE(has(text_of(report), "  epoch          9223372036854775807 s\n"));
}

TEST(AuditText, NamesThePagesThatLargeBlocksNeed) {
  check::Report report = sample();
  report.summary.block_size = 65536;
  EXPECT_TRUE(
      has(text_of(report), "Linux >= 6.4, pages of at least 65536 bytes\n"));
}

TEST(AuditText, IsTheVerdictAloneWhereQuiet) {
  EXPECT_EQ(audit_text(sample(), "x", {false, true}), "x: conforming\n");
}

}  // namespace
}  // namespace erofs::report
