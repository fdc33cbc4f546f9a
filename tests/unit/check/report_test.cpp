// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/report.h"

#include <gtest/gtest.h>

namespace erofs::check {
namespace {

using format::RuleClass;

constexpr RuleId kMalformed = RuleId::inode_mode_type;
constexpr RuleId kInvalid = RuleId::inode_nlink_match;
constexpr RuleId kAdvisory = RuleId::inode_reserved_zero;
constexpr RuleId kUnsupported = RuleId::cluster_algorithm_known;
constexpr RuleId kLimit = RuleId::limit_work_reached;

Finding at(RuleId rule, std::uint64_t offset) {
  return {rule, {Place::kPrimary, offset}, 0, {}, {}};
}

TEST(Report, IsConformingWhileEmpty) {
  const Report report;
  EXPECT_EQ(report.verdict(), Verdict::kConforming);
  EXPECT_EQ(report.exit_code(), 0);
  EXPECT_TRUE(report.findings().empty());
}

// From the least to the worst, each outweighs the ones before.
TEST(Report, TakesTheWorstVerdict) {
  Report report;
  const auto expect = [&](Verdict verdict, int code, std::string_view name) {
    EXPECT_EQ(report.verdict(), verdict);
    EXPECT_EQ(report.exit_code(), code);
    EXPECT_EQ(verdict_name(report.verdict()), name);
  };
  report.add(at(kAdvisory, 0));
  expect(Verdict::kConforming, 0, "conforming");
  report.add(at(kUnsupported, 0));
  expect(Verdict::kUnsupported, 3, "unsupported");
  report.add(at(kLimit, 0));
  expect(Verdict::kLimit, 4, "limit");
  report.add(at(RuleId::io_read_failed, 0));
  expect(Verdict::kIo, 5, "io");
  report.add(at(kInvalid, 0));
  expect(Verdict::kInvalid, 1, "invalid");
  report.add(at(kMalformed, 0));
  expect(Verdict::kMalformed, 1, "malformed");
}

TEST(Report, SortsByClassThenPlaceThenRule) {
  Report report;
  report.add(at(kAdvisory, 1));
  report.add(at(kMalformed, 9));
  report.add(at(RuleId::inode_size_sign, 3));
  report.add(at(kMalformed, 3));
  report.add({kMalformed, {1, 0}, 0, {}, {}});
  report.finish();
  const auto found = report.findings();
  ASSERT_EQ(found.size(), 5U);
  EXPECT_EQ(found[0].rule, kMalformed);
  EXPECT_EQ(found[1].rule, RuleId::inode_size_sign);
  EXPECT_EQ(found[2].where.offset, 9U);
  EXPECT_EQ(found[3].where.space, 1U);
  EXPECT_EQ(found[4].rule, kAdvisory);
}

TEST(Report, OnlyCountsAFlood) {
  Report report;
  for (std::uint64_t i = 0; i < 1000; ++i) report.add(at(kInvalid, i));
  report.add(at(kAdvisory, 0));
  EXPECT_EQ(report.findings().size(), Report::kKeptPerRule + 1);
  EXPECT_EQ(report.count(RuleClass::kInvalid), 1000U);
  EXPECT_EQ(report.count(RuleClass::kAdvisory), 1U);
  EXPECT_EQ(report.count(RuleClass::kMalformed), 0U);
  EXPECT_EQ(report.count_of(kInvalid), 1000U);
  EXPECT_EQ(report.dropped(kInvalid), 1000 - Report::kKeptPerRule);
  EXPECT_EQ(report.dropped(kAdvisory), 0U);
  EXPECT_TRUE(report.has(kInvalid));
  EXPECT_FALSE(report.has(kMalformed));
}

TEST(Report, TurnsFaultsIntoFindings) {
  Report report;
  report.add(Fault{FaultKind::kMalformed, kMalformed, {1, 2}, 3}, 4, "/p");
  report.add(Fault{FaultKind::kIo, RuleId::none, {}, 5}, {}, {});
  const auto found = report.findings();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].rule, kMalformed);
  EXPECT_EQ(found[0].where, (Place{1, 2}));
  EXPECT_EQ(found[0].value, 3U);
  EXPECT_EQ(found[0].nid, 4U);
  EXPECT_EQ(found[0].path, "/p");
  EXPECT_EQ(found[1].rule, RuleId::io_read_failed);
  EXPECT_EQ(found[1].value, 5U);
}

TEST(Report, KeepsABoundedAmountOfPaths) {
  Report report;
  const std::string longest(Report::kPathMax, 'p');
  report.add({kInvalid, {}, 0, {}, longest});
  report.add({kInvalid, {}, 0, {}, longest + 'p'});
  EXPECT_EQ(report.findings()[0].path, longest);
  EXPECT_EQ(report.findings()[1].path, "");
  std::uint64_t kept = 0;
  for (std::uint16_t rule = 1; rule < 20; ++rule) {
    for (std::size_t i = 0; i < Report::kKeptPerRule; ++i) {
      report.add({static_cast<RuleId>(rule), {}, 0, {}, longest});
    }
  }
  for (const Finding& finding : report.findings()) {
    kept += finding.path.size();
  }
  EXPECT_EQ(kept, Report::kPathBytes);
}

}  // namespace
}  // namespace erofs::check
