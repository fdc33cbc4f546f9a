// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "confine/paths.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <functional>
#include <string>
#include <thread>

#include "support/child.h"
#include "support/scratch.h"

namespace erofs::confine {
namespace {

using test::in_child;
using test::Scratch;

constexpr int kNotHeld = 200;

int held(const Needs& needs, const std::function<int()>& attempt) {
  return in_child([&] {
    const bool done =
        ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && hold_to_paths(needs);
    return done ? attempt() : kNotHeld;
  });
}

// errno of opening `path`, 0 where it opens.
int opened(const std::string& path, int flags) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd < 0) return errno;
  ::close(fd);
  return 0;
}

class Paths : public testing::Test {
 protected:
  void SetUp() override {
    if (!paths_offered()) GTEST_SKIP() << "this kernel has no Landlock";
    ASSERT_EQ(::mkdir(scratch_.path("in").c_str(), 0700), 0);
    directory_ = ::open(scratch_.path("in").c_str(), O_PATH | O_CLOEXEC);
    ASSERT_GE(directory_, 0);
  }
  void TearDown() override {
    if (directory_ >= 0) ::close(directory_);
  }

  [[nodiscard]] Needs writing(bool special = false) const {
    return {true, directory_, special};
  }

  Scratch scratch_;
  int directory_ = -1;
};

TEST_F(Paths, LeadNowhereForWhoOnlyReads) {
  EXPECT_EQ(held({}, [] { return opened("/dev/null", O_RDONLY); }), EACCES);
  EXPECT_EQ(held({}, [] { return opened("/proc/self/maps", O_RDONLY); }),
            EACCES);
  EXPECT_EQ(held({}, [] { return opened("/", O_RDONLY | O_DIRECTORY); }),
            EACCES);
  EXPECT_EQ(
      held({},
           [this] { return opened(scratch_.path("x"), O_WRONLY | O_CREAT); }),
      EACCES);
}

TEST_F(Paths, BindThreadsMadeLater) {
  EXPECT_EQ(held({},
                 [] {
                   int result = kNotHeld;
                   std::thread([&] {
                     result = opened("/dev/null", O_RDONLY);
                   }).join();
                   return result;
                 }),
            EACCES);
}

TEST_F(Paths, LeadBelowTheDirectoryForWhoWrites) {
  const std::string in = scratch_.path("in/");
  EXPECT_EQ(held(writing(),
                 [&] {
                   const bool made = ::mkdir((in + "a").c_str(), 0700) == 0 &&
                                     ::mkdir((in + "b").c_str(), 0700) == 0;
                   return made ? opened(in + "a/x", O_WRONLY | O_CREAT) : 1;
                 }),
            0);
  EXPECT_EQ(
      held(writing(),
           [&] { return ::link((in + "a/x").c_str(), (in + "b/y").c_str()); }),
      0);
  EXPECT_TRUE(scratch_.exists("in/b/y"));
  EXPECT_EQ(held(writing(), [&] { return ::symlink("x", (in + "l").c_str()); }),
            0);
}

TEST_F(Paths, LeadNowhereElseForWhoWrites) {
  EXPECT_EQ(
      held(writing(),
           [this] { return opened(scratch_.path("x"), O_WRONLY | O_CREAT); }),
      EACCES);
  EXPECT_EQ(held(writing(), [] { return opened("/dev/null", O_RDONLY); }),
            EACCES);
  EXPECT_EQ(held(writing(),
                 [this] {
                   return opened(scratch_.path("in/../x"), O_WRONLY | O_CREAT);
                 }),
            EACCES);
  EXPECT_FALSE(scratch_.exists("x"));
}

TEST_F(Paths, LeadToSpecialFilesOnlyWhereAskedFor) {
  const std::string fifo = scratch_.path("in/fifo");
  const auto make = [&] {
    return ::mkfifo(fifo.c_str(), 0600) == 0 ? 0 : errno;
  };
  EXPECT_EQ(held(writing(), make), EACCES);
  EXPECT_EQ(held(writing(true), make), 0);
}

TEST_F(Paths, CanBeNarrowedDown) {
  ASSERT_EQ(::mkdir(scratch_.path("in/root").c_str(), 0700), 0);
  const int root = ::open(scratch_.path("in/root").c_str(), O_PATH | O_CLOEXEC);
  ASSERT_GE(root, 0);
  const auto narrowed = [&](const char* name) {
    return held(writing(), [&] {
      if (!narrow({true, root, false})) return kNotHeld;
      return opened(scratch_.path(name), O_WRONLY | O_CREAT);
    });
  };
  EXPECT_EQ(narrowed("in/root/x"), 0);
  EXPECT_EQ(narrowed("in/x"), EACCES);
  ::close(root);
}

}  // namespace
}  // namespace erofs::confine
