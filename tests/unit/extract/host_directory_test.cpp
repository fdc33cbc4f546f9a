// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/host_directory.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "support/scratch.h"

namespace erofs::extract {
namespace {

using test::Scratch;

// 0 for what succeeded, else the errno of the host.
template <class Result>
std::uint64_t error_of(const Result& result) {
  return result ? 0 : result.error().fault.value;
}

TEST(StaysInside, RefusesWhatLeadsElsewhere) {
  for (const char* good : {"a", "...", "..a", "a b", "\x01", "-"}) {
    EXPECT_TRUE(stays_inside(good)) << good;
  }
  for (const char* bad : {"", ".", "..", "/", "a/b", "/etc", "../x"}) {
    EXPECT_FALSE(stays_inside(bad)) << bad;
  }
  EXPECT_FALSE(stays_inside(std::string_view("a\0b", 3)));
}

TEST(OpenRoot, MakesItOrTakesAnEmptyOne) {
  const Scratch scratch;
  EXPECT_EQ(error_of(open_root(scratch.path("new"))), 0U);
  EXPECT_EQ(scratch.stat("new").st_mode, S_IFDIR | 0700U);
  ::chmod(scratch.path("new").c_str(), 02777);
  EXPECT_EQ(error_of(open_root(scratch.path("new"))), 0U);
  EXPECT_EQ(scratch.stat("new").st_mode, S_IFDIR | 0700U)
      << "nobody else may come in, nothing is inherited";
}

TEST(OpenRoot, RefusesWhatIsNotEmpty) {
  const Scratch scratch;
  scratch.write("file", "x");
  EXPECT_EQ(error_of(open_root(scratch.path())), unsigned{ENOTEMPTY});
  EXPECT_EQ(error_of(open_root(scratch.path("file"))), unsigned{ENOTDIR});
  EXPECT_EQ(error_of(open_root(scratch.path("no/such"))), unsigned{ENOENT});
}

class InDirectory : public testing::Test {
 protected:
  InDirectory() : root_(*open_root(scratch_.path("root"))) {}
  int root() const { return root_.get(); }
  std::string path(const std::string& name) const {
    return scratch_.path("root/" + name);
  }

  Scratch scratch_;
  Fd root_;
};

TEST_F(InDirectory, MakesEachKind) {
  EXPECT_EQ(error_of(make_directory(root(), "d", 0700)), 0U);
  EXPECT_EQ(error_of(make_file(root(), "f", 0400)), 0U);
  EXPECT_EQ(error_of(make_symlink(root(), "l", "/etc/passwd")), 0U);
  EXPECT_EQ(error_of(make_node(root(), "p", S_IFIFO | 0600, 0)), 0U);
  EXPECT_EQ(error_of(make_link(root(), "f", root(), "g")), 0U);
  EXPECT_EQ(scratch_.stat("root/d").st_mode, S_IFDIR | 0700U);
  EXPECT_EQ(scratch_.stat("root/f").st_mode, S_IFREG | 0400U);
  EXPECT_TRUE(S_ISLNK(scratch_.stat("root/l").st_mode));
  EXPECT_TRUE(S_ISFIFO(scratch_.stat("root/p").st_mode));
  EXPECT_EQ(scratch_.stat("root/g").st_ino, scratch_.stat("root/f").st_ino);
}

TEST_F(InDirectory, ReplacesNothing) {
  ASSERT_EQ(error_of(make_file(root(), "f", 0600)), 0U);
  const unsigned exists = EEXIST;
  EXPECT_EQ(error_of(make_file(root(), "f", 0600)), exists);
  EXPECT_EQ(error_of(make_directory(root(), "f", 0700)), exists);
  EXPECT_EQ(error_of(make_symlink(root(), "f", "x")), exists);
  EXPECT_EQ(error_of(make_node(root(), "f", S_IFIFO | 0600, 0)), exists);
  EXPECT_EQ(error_of(make_link(root(), "f", root(), "f")), exists);
}

TEST_F(InDirectory, FollowsNoLink) {
  scratch_.write("outside", "kept");
  ASSERT_EQ(error_of(make_symlink(root(), "out", scratch_.path())), 0U);
  ASSERT_EQ(error_of(make_symlink(root(), "file", scratch_.path("outside"))),
            0U);
  EXPECT_NE(error_of(open_directory(root(), "out")), 0U);
  EXPECT_EQ(error_of(make_file(root(), "file", 0600)), unsigned{EEXIST});
  ASSERT_EQ(error_of(make_link(root(), "file", root(), "again")), 0U);
  EXPECT_TRUE(S_ISLNK(scratch_.stat("root/again").st_mode))
      << "the link itself has a second name, not what it leads to";
  EXPECT_EQ(scratch_.stat("outside").st_nlink, 1U);
}

TEST_F(InDirectory, TakesNoNameThatEscapes) {
  const unsigned invalid = EINVAL;
  for (const std::string& name :
       {std::string(".."), std::string("../x"), std::string("/x"),
        std::string("a\0b", 3), std::string()}) {
    EXPECT_EQ(error_of(open_directory(root(), name)), invalid);
    EXPECT_EQ(error_of(make_directory(root(), name, 0700)), invalid);
    EXPECT_EQ(error_of(make_file(root(), name, 0600)), invalid);
    EXPECT_EQ(error_of(make_symlink(root(), name, "x")), invalid);
    EXPECT_EQ(error_of(make_node(root(), name, S_IFIFO, 0)), invalid);
    EXPECT_EQ(error_of(make_link(root(), name, root(), "n")), invalid);
    EXPECT_EQ(error_of(make_link(root(), "n", root(), name)), invalid);
  }
}

TEST_F(InDirectory, OpensWhatItMade) {
  ASSERT_EQ(error_of(make_directory(root(), "d", 0700)), 0U);
  const auto inner = open_directory(root(), "d");
  ASSERT_TRUE(inner.has_value());
  EXPECT_EQ(error_of(make_file(inner->get(), "f", 0600)), 0U);
  EXPECT_TRUE(scratch_.exists("root/d/f"));
  EXPECT_EQ(error_of(duplicate(*inner)), 0U);
}

TEST_F(InDirectory, ClosingTellsOfFailure) {
  Fd file = std::move(*make_file(root(), "f", 0600));
  EXPECT_TRUE(file.close().has_value());
  EXPECT_FALSE(file.open());
  EXPECT_EQ(error_of(file.close()), unsigned{EBADF});
}

}  // namespace
}  // namespace erofs::extract
