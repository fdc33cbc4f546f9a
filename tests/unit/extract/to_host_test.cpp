// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/to_host.h"

#include <gtest/gtest.h>

#include <array>
#include <cerrno>

#include "format/rule_ids.gen.h"
#include "support/scratch.h"
#include "support/tree_image.h"

namespace erofs::extract {
namespace {

using test::Scratch;

struct Extracted {
  explicit Extracted(const std::vector<test::TestNode>& nodes,
                     bool allow = false, unsigned jobs = 2,
                     std::uint64_t output = test::kUnlimited)
      : image(test::open_tree(nodes)) {
    HostOptions options;
    options.rights.uid = ::geteuid();
    options.rights.gid = ::getegid();
    options.rights.special = allow;
    options.rights.set_id = allow;
    options.rights.umask = 022;
    work::Crew crew(jobs);
    Budget budget(
        {test::kUnlimited, test::kUnlimited, test::kUnlimited, output},
        format::budget_rules());
    stop =
        to_host(*image, scratch.path("root"), options, budget, crew, left_out);
  }

  test::OpenImage image;
  Scratch scratch;
  LeftOut left_out;
  std::optional<Stop> stop;
};

TEST(ToHost, RestoresFilesLinksAndTimes) {
  const Extracted done(test::tree_nodes());
  ASSERT_FALSE(done.stop.has_value());
  const Scratch& host = done.scratch;
  EXPECT_EQ(host.read("root/a.txt"), "hello");
  EXPECT_EQ(host.read("root/dir/big"), std::string(test::kBigFile, 'x'));
  EXPECT_EQ(host.stat("root/a.txt").st_mode, S_IFREG | 0640U);
  EXPECT_EQ(host.stat("root/a.txt").st_mtim.tv_sec, 1000);
  EXPECT_EQ(host.stat("root/a.txt").st_ino, host.stat("root/hard").st_ino);
  EXPECT_EQ(host.stat("root/a.txt").st_nlink, 2U);
  EXPECT_EQ(std::filesystem::read_symlink(host.path("root/link")), "../a.txt");
  EXPECT_TRUE(S_ISDIR(host.stat("root/empty").st_mode));
}

TEST(ToHost, TellsTheDirectoryBeforeAnythingIsMadeInIt) {
  const auto image = test::open_tree(test::tree_nodes());
  const Scratch scratch;
  HostOptions options;
  bool empty = false;
  options.entered = [&](int root) {
    struct stat found {};
    empty = ::fstat(root, &found) == 0 &&
            found.st_ino == scratch.stat("root").st_ino &&
            std::filesystem::is_empty(scratch.path("root"));
  };
  work::Crew crew(1);
  Budget budget = test::plenty();
  LeftOut left_out;
  EXPECT_FALSE(
      to_host(*image, scratch.path("root"), options, budget, crew, left_out)
          .has_value());
  EXPECT_TRUE(empty);
}

TEST(ToHost, LeavesOutWhatOnlyRootShouldAskFor) {
  const Extracted done(test::tree_nodes());
  ASSERT_FALSE(done.stop.has_value());
  EXPECT_FALSE(done.scratch.exists("root/fifo"));
  EXPECT_FALSE(done.scratch.exists("root/sock"));
  EXPECT_EQ(done.scratch.stat("root/suid").st_mode, S_IFREG | 0755U);
  EXPECT_EQ(done.left_out.of(Left::kFifo).first,
            std::vector<std::string>{"/fifo"});
  EXPECT_EQ(done.left_out.of(Left::kSocket).count, 1U);
  EXPECT_EQ(done.left_out.of(Left::kSetId).first,
            std::vector<std::string>{"/suid"});
  EXPECT_EQ(done.left_out.of(Left::kDevice).count, 0U);
}

TEST(ToHost, BringsItWhereAllowed) {
  const Extracted done(test::tree_nodes(), true);
  ASSERT_FALSE(done.stop.has_value());
  EXPECT_TRUE(S_ISFIFO(done.scratch.stat("root/fifo").st_mode));
  EXPECT_TRUE(S_ISSOCK(done.scratch.stat("root/sock").st_mode));
  EXPECT_EQ(done.scratch.stat("root/suid").st_mode, S_IFREG | 04755U);
  EXPECT_EQ(done.left_out.of(Left::kFifo).count, 0U);
}

TEST(ToHost, WritesThroughNoLinkOfTheImage) {
  const Scratch outside;
  outside.write("kept", "kept");
  const Extracted done({test::folder({{"d", 1}, {"f", 2}, {"g", 3}}),
                        test::symlink(outside.path()),
                        test::symlink(outside.path("kept")),
                        test::symlink("/")});
  ASSERT_FALSE(done.stop.has_value());
  EXPECT_EQ(outside.read("kept"), "kept");
  EXPECT_TRUE(S_ISLNK(done.scratch.stat("root/f").st_mode));
}

TEST(ToHost, SaysWhereTheRoomEnds) {
  for (const unsigned jobs : {1U, 4U}) {
    const Extracted done(test::tree_nodes(), false, jobs, 100);
    ASSERT_TRUE(done.stop.has_value());
    EXPECT_EQ(done.stop->path, "/dir/big");
    EXPECT_EQ(done.stop->failure.fault.rule, RuleId::limit_output_reached);
    EXPECT_EQ(done.stop->failure.doing, nullptr);
    EXPECT_EQ(done.scratch.read("root/a.txt"), "hello");
  }
}

TEST(ToHost, RefusesADirectoryThatIsInUse) {
  const Scratch scratch;
  scratch.write("theirs", "x");
  test::OpenImage image = test::open_tree();
  work::Crew crew(1);
  LeftOut left_out;
  const auto stop =
      to_host(*image, scratch.path(), {}, image.budget, crew, left_out);
  ASSERT_TRUE(stop.has_value());
  EXPECT_TRUE(stop->path.empty());
  EXPECT_EQ(stop->failure.fault.value, unsigned{ENOTEMPTY});
  EXPECT_EQ(scratch.read("theirs"), "x");
  EXPECT_FALSE(scratch.exists("a.txt"));
}

TEST(ToHost, MakesNothingOfWhatLinuxDoesNotMount) {
  test::CheckImage broken(test::tree_nodes());
  broken.edit([](format::SuperblockBuilder& super) { super.rootnid_2b(1); });
  test::OpenImage image(broken.bytes);
  const Scratch scratch;
  work::Crew crew(1);
  LeftOut left_out;
  const auto stop =
      to_host(*image, scratch.path("new"), {}, image.budget, crew, left_out);
  ASSERT_TRUE(stop.has_value());
  EXPECT_EQ(stop->failure.fault.kind, FaultKind::kMalformed);
  EXPECT_FALSE(scratch.exists("new"));
}

}  // namespace
}  // namespace erofs::extract
