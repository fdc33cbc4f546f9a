// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/context.h"

#include <gtest/gtest.h>

#include "support/budgets.h"
#include "support/check_image.h"
#include "support/matchers.h"

namespace erofs::test {
namespace {

constexpr RuleId kRule = RuleId::inode_nlink_match;

class CheckContext : public testing::Test {
 protected:
  CheckContext()
      : image_({directory({})}),
        source_(view(image_.bytes)),
        volume_(read::Volume::open(source_, {}, budget_)) {}

  void SetUp() override { ASSERT_THAT(volume_, Succeeds()); }

  Budget budget_ = plenty();
  CheckImage image_;
  image::MemorySource source_;
  Result<std::unique_ptr<read::Volume>> volume_;
  check::Report report_;
};

TEST_F(CheckContext, NamesTheSubject) {
  check::Context ctx(**volume_, budget_, report_);
  ctx.find(kRule, {1, 2}, 3);
  ctx.nid = 4;
  ctx.has_path = true;
  ctx.find(kRule, {}, 0);
  ctx.name = "a";
  ctx.find(kRule, {}, 0);
  ctx.directory = "/d";
  ctx.find(kRule, {}, 0);
  ctx.name = {};
  ctx.find(kRule, {}, 0);
  const auto found = report_.findings();
  ASSERT_EQ(found.size(), 5U);
  EXPECT_EQ(found[0].where, (Place{1, 2}));
  EXPECT_EQ(found[0].value, 3U);
  EXPECT_EQ(found[0].nid, std::nullopt);
  EXPECT_EQ(found[0].path, "");
  EXPECT_EQ(found[1].nid, 4U);
  EXPECT_EQ(found[1].path, "/");
  EXPECT_EQ(found[2].path, "/a");
  EXPECT_EQ(found[3].path, "/d/a");
  EXPECT_EQ(found[4].path, "/d");
}

TEST_F(CheckContext, TurnsFaultsIntoFindings) {
  check::Context ctx(**volume_, budget_, report_);
  EXPECT_TRUE(ctx.ok(Status{}));
  EXPECT_FALSE(ctx.ok(Status(malformed(kRule, {1, 2}, 3))));
  EXPECT_EQ(report_.count_of(kRule), 1U);
  EXPECT_FALSE(ctx.stopped);
  EXPECT_TRUE(ctx.complete);
}

TEST_F(CheckContext, StopsAtTheFirstLimit) {
  check::Context ctx(**volume_, budget_, report_);
  Budget none = with_work(0);
  EXPECT_FALSE(ctx.ok(none.work(1, {})));
  EXPECT_FALSE(ctx.ok(none.work(1, {})));
  EXPECT_TRUE(ctx.stopped);
  EXPECT_FALSE(ctx.complete);
  EXPECT_EQ(report_.count_of(RuleId::limit_work_reached), 1U);
}

TEST_F(CheckContext, KeepsFirstUses) {
  check::FirstUse use;
  EXPECT_FALSE(use.used);
  use.note(5);
  use.note(6);
  EXPECT_TRUE(use.used);
  EXPECT_EQ(use.nid, 5U);
}

TEST_F(CheckContext, RemembersRecentPlaces) {
  check::RecentPlaces places;
  EXPECT_TRUE(places.fresh({0, 5000}));
  EXPECT_FALSE(places.fresh({0, 5000}));
  EXPECT_TRUE(places.fresh({1, 5000}));
  EXPECT_TRUE(places.fresh({0, 5001}));
}

}  // namespace
}  // namespace erofs::test
