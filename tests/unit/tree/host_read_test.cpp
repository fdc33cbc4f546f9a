// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/host_read.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "support/matchers.h"
#include "support/scratch.h"

namespace erofs::tree {
namespace {

using test::Succeeds;

TEST(HostRead, TellsTheFactsOfADirectory) {
  const test::Scratch scratch;
  std::filesystem::create_directory(scratch.path("d"));
  scratch.write("d/file", "hello");
  ASSERT_EQ(::chmod(scratch.path("d/file").c_str(), 04711), 0);
  const std::array<struct timespec, 2> times = {{{5, 6}, {-7, 123456789}}};
  ASSERT_EQ(
      ::utimensat(AT_FDCWD, scratch.path("d/file").c_str(), times.data(), 0),
      0);
  ASSERT_EQ(::symlink("../target", scratch.path("link").c_str()), 0);
  ASSERT_EQ(::mkfifo(scratch.path("fifo").c_str(), 0600), 0);
  ASSERT_EQ(
      ::link(scratch.path("d/file").c_str(), scratch.path("again").c_str()), 0);
  const auto tree = read_host(scratch.path(), {});
  ASSERT_TRUE(tree) << tree.error().where << tree.error().reason;
  ASSERT_EQ(tree->nodes().size(), 5U);
  const Node& file = tree->at(*tree->find("/d/file"));
  EXPECT_EQ(file.mode, 04711);
  EXPECT_EQ(file.uid, ::getuid());
  EXPECT_EQ(file.mtime_sec, -7);
  EXPECT_EQ(file.mtime_nsec, 123456789U);
  EXPECT_EQ(file.size, 5U);
  EXPECT_EQ(file.nlink, 2U);
  EXPECT_EQ(tree->find("/again"), tree->find("/d/file"));
  const auto apart = read_host(scratch.path(), {.hard_links = false});
  ASSERT_TRUE(apart);
  EXPECT_NE(apart->find("/again"), apart->find("/d/file"));
  EXPECT_EQ(apart->at(*apart->find("/again")).nlink, 1U);
  std::array<std::byte, 5> bytes{};
  ASSERT_THAT(file.content->read(0, MutableBytes(bytes)), Succeeds());
  EXPECT_EQ(ByteView(bytes).text(), "hello");
  EXPECT_EQ(tree->at(*tree->find("/link")).target, "../target");
  EXPECT_EQ(tree->at(*tree->find("/fifo")).type, Type::kFifo);
  EXPECT_EQ(tree->at(*tree->find("/fifo")).mode, 0600);
}

TEST(HostRead, LeavesOutWhatItIsTold) {
  const test::Scratch scratch;
  std::filesystem::create_directory(scratch.path("d"));
  scratch.write("d/file", "hello");
  scratch.write("e", "");
  HostOptions options;
  options.leave_out = [](const std::string& path) { return path == "/d"; };
  const auto tree = read_host(scratch.path(), options);
  ASSERT_TRUE(tree);
  EXPECT_FALSE(tree->find("/d"));
  EXPECT_TRUE(tree->find("/e"));
}

TEST(HostRead, NamesWhatIsNoDirectory) {
  const test::Scratch scratch;
  scratch.write("file", "");
  for (const char* name : {"file", "none"}) {
    const auto tree = read_host(scratch.path(name), {});
    ASSERT_FALSE(tree) << name;
    EXPECT_NE(tree.error().where.find(name), std::string::npos);
  }
}

}  // namespace
}  // namespace erofs::tree
