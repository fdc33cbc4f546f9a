// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "image/file_source.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <limits>

#include "support/hex.h"
#include "support/matchers.h"

namespace erofs::image {
namespace {

using test::Bytes;
using test::IsIo;
using test::repeat;
using test::Succeeds;

constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();

class FileSourceTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "/file_source_XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    path_ = folder_ + "/image";
    write("abcdefgh");
  }
  void TearDown() override {
    ::unlink(path_.c_str());
    ::rmdir(folder_.c_str());
  }
  void write(const std::string& content) const {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << content;
  }

  std::string folder_;
  std::string path_;
};

TEST_F(FileSourceTest, ReadsAnyRange) {
  const auto source = FileSource::open(path_);
  ASSERT_THAT(source, Succeeds());
  EXPECT_EQ((*source)->size(), 8U);
  Bytes out = repeat(0, 3);
  ASSERT_THAT((*source)->read(5, MutableBytes(out)), Succeeds());
  EXPECT_EQ(ByteView(out).text(), "fgh");
  ASSERT_THAT((*source)->read(0, MutableBytes(out)), Succeeds());
  EXPECT_EQ(ByteView(out).text(), "abc");
  EXPECT_THAT((*source)->read(8, MutableBytes()), Succeeds());
}

TEST_F(FileSourceTest, TheWindowStartsWhereItIsTold) {
  const auto source = FileSource::open(path_, 3);
  ASSERT_THAT(source, Succeeds());
  EXPECT_EQ((*source)->size(), 5U);
  Bytes out = repeat(0, 2);
  ASSERT_THAT((*source)->read(1, MutableBytes(out)), Succeeds());
  EXPECT_EQ(ByteView(out).text(), "ef");
  EXPECT_THAT((*source)->read(4, MutableBytes(out)), IsIo(4, ERANGE));
}

TEST_F(FileSourceTest, TheWindowMayBeEmptyButNotBehindTheEnd) {
  const auto empty = FileSource::open(path_, 8);
  ASSERT_THAT(empty, Succeeds());
  EXPECT_EQ((*empty)->size(), 0U);
  EXPECT_THAT(FileSource::open(path_, 9), IsIo(0, ERANGE));
  EXPECT_THAT(FileSource::open(path_, kMax), IsIo(0, ERANGE));
}

TEST_F(FileSourceTest, RefusesRangesThatPassTheEnd) {
  const auto source = FileSource::open(path_);
  ASSERT_THAT(source, Succeeds());
  Bytes out = repeat(0x55, 2);
  EXPECT_THAT((*source)->read(7, MutableBytes(out)), IsIo(7, ERANGE));
  EXPECT_THAT((*source)->read(kMax, MutableBytes(out)), IsIo(kMax, ERANGE));
  EXPECT_THAT((*source)->read(9, MutableBytes()), IsIo(9, ERANGE));
  EXPECT_EQ(out, repeat(0x55, 2));
}

TEST_F(FileSourceTest, AFileThatShrinksIsAFaultAndNotZeros) {
  const auto source = FileSource::open(path_);
  ASSERT_THAT(source, Succeeds());
  write("abcd");
  Bytes out = repeat(0, 4);
  EXPECT_THAT((*source)->read(0, MutableBytes(out)), Succeeds());
  EXPECT_THAT((*source)->read(2, MutableBytes(out)), IsIo(4, EIO));
  EXPECT_FALSE((*source)->unchanged());
}

TEST_F(FileSourceTest, SeesThatTheFileChanged) {
  const auto source = FileSource::open(path_, 2);
  ASSERT_THAT(source, Succeeds());
  EXPECT_TRUE((*source)->unchanged());
  const timespec past[2] = {{1, 2}, {3, 4}};
  ASSERT_EQ(::utimensat(AT_FDCWD, path_.c_str(), past, 0), 0);
  EXPECT_FALSE((*source)->unchanged());
}

TEST_F(FileSourceTest, SeesThatNanosecondsChanged) {
  timespec times[2] = {{1, 2}, {3, 4}};
  ASSERT_EQ(::utimensat(AT_FDCWD, path_.c_str(), times, 0), 0);
  const auto source = FileSource::open(path_);
  ASSERT_THAT(source, Succeeds());
  times[1].tv_nsec = 5;
  ASSERT_EQ(::utimensat(AT_FDCWD, path_.c_str(), times, 0), 0);
  EXPECT_FALSE((*source)->unchanged());
}

TEST_F(FileSourceTest, SeesThatTheFileGrew) {
  const timespec past[2] = {{1, 2}, {3, 4}};
  ASSERT_EQ(::utimensat(AT_FDCWD, path_.c_str(), past, 0), 0);
  const auto source = FileSource::open(path_);
  ASSERT_THAT(source, Succeeds());
  EXPECT_TRUE((*source)->unchanged());
  write("abcdefghi");
  ASSERT_EQ(::utimensat(AT_FDCWD, path_.c_str(), past, 0), 0);
  EXPECT_FALSE((*source)->unchanged());
  EXPECT_EQ((*source)->size(), 8U);
}

TEST_F(FileSourceTest, WhatIsNoImageIsNotOpened) {
  EXPECT_THAT(FileSource::open(folder_ + "/none"), IsIo(0, ENOENT));
  EXPECT_THAT(FileSource::open(folder_), IsIo(0, EISDIR));
  EXPECT_THAT(FileSource::open("/dev/null"), IsIo(0, EINVAL));
  EXPECT_THAT(FileSource::open(""), IsIo(0, ENOENT));
}

TEST_F(FileSourceTest, AFifoIsRefusedWithoutWaiting) {
  ASSERT_EQ(::unlink(path_.c_str()), 0);
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  EXPECT_THAT(FileSource::open(path_), IsIo(0, EINVAL));
}

}  // namespace
}  // namespace erofs::image
