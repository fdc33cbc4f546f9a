// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/known_bugs.h"

#include <gtest/gtest.h>

#include <set>

#include "format/rules.gen.h"

namespace erofs::report {
namespace {

TEST(KnownBugs, NamesRulesThatExist) {
  std::set<std::string_view> ids;
  for (const auto& bug : format::writer_bugs()) {
    EXPECT_TRUE(ids.insert(bug.id).second) << bug.id;
    for (const std::string_view rule : bug.rules) {
      EXPECT_TRUE(format::find_rule(rule)) << bug.id << " " << rule;
    }
    EXPECT_EQ(bug.rules.empty(), !bug.unseen.empty()) << bug.id;
  }
  EXPECT_GT(ids.size(), 40U);
}

TEST(KnownBugs, AreFoundByRule) {
  const auto found = bugs_behind("cluster.fragment.same-start");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0]->id, "utils-short-fragments");
  EXPECT_TRUE(bugs_behind("superblock.magic.equals").empty());
  EXPECT_TRUE(bugs_behind("").empty());
}

TEST(KnownBugs, TheTellingOnesComeFirst) {
  const auto found = bugs_behind("cluster.stream.valid");
  ASSERT_GT(found.size(), 3U);
  EXPECT_TRUE(found.front()->telling);
  EXPECT_FALSE(found.back()->telling);
}

TEST(KnownBugs, SayWhichVersionIsGood) {
  format::WriterBug bug{};
  bug.writer = "mkfs";
  bug.affected = "1.0";
  EXPECT_EQ(bug_versions(bug), "mkfs 1.0, not fixed");
  bug.fixed = "1.1";
  EXPECT_EQ(bug_versions(bug), "mkfs 1.0, fixed in 1.1");
}

TEST(KnownBugs, AreHintedAt) {
  const auto one = bug_hints("cluster.fragment.same-start");
  ASSERT_EQ(one.size(), 1U);
  EXPECT_TRUE(
      one[0].starts_with("known from erofs-utils 1.8.8, fixed in 1.8.9: "))
      << one[0];
  const auto many = bug_hints("cluster.stream.valid");
  ASSERT_GT(many.size(), 1U);
  EXPECT_NE(many.back().find("known faults of writers can leave this too"),
            std::string::npos);
  EXPECT_TRUE(bug_hints("superblock.magic.equals").empty());
}

}  // namespace
}  // namespace erofs::report
