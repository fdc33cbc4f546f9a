// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/host_content.h"

#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <memory>
#include <string>

#include "support/matchers.h"
#include "support/scratch.h"

namespace erofs::tree {
namespace {

using test::IsIo;
using test::Succeeds;

HostContent content(const test::Scratch& scratch, const std::string& name) {
  return {std::make_shared<const std::string>(scratch.path() + "/"), name,
          scratch.stat(name)};
}

TEST(HostContent, ReadsRanges) {
  const test::Scratch scratch;
  scratch.write("file", "0123456789");
  const HostContent source = content(scratch, "file");
  EXPECT_EQ(source.size(), 10U);
  std::array<std::byte, 3> bytes{};
  ASSERT_THAT(source.read(7, MutableBytes(bytes)), Succeeds());
  EXPECT_EQ(ByteView(bytes).text(), "789");
  EXPECT_THAT(source.read(8, MutableBytes(bytes)), IsIo(0, ERANGE));
}

TEST(HostContent, NoticesThatTheFileIsAnother) {
  const test::Scratch scratch;
  scratch.write("file", "0123456789");
  const HostContent source = content(scratch, "file");
  scratch.write("file", "0123");
  std::array<std::byte, 3> bytes{};
  EXPECT_THAT(source.read(0, MutableBytes(bytes)), IsIo(0, ESTALE));
  ASSERT_EQ(::unlink(scratch.path("file").c_str()), 0);
  EXPECT_THAT(source.read(0, MutableBytes(bytes)), IsIo(0, ENOENT));
  ASSERT_EQ(::symlink("/etc/passwd", scratch.path("file").c_str()), 0);
  EXPECT_THAT(source.read(0, MutableBytes(bytes)), IsIo(0, ELOOP));
}

TEST(HostContent, IsThatOfARegularFileSomewhere) {
  const test::Scratch scratch;
  scratch.write("file", "0123");
  const auto below = content_at(scratch.path(), "file");
  ASSERT_TRUE(below);
  EXPECT_EQ((*below)->size(), 4U);
  EXPECT_TRUE(content_at("/none", scratch.path("file")));
  const auto none = content_at(scratch.path(), "none");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().where, scratch.path("none"));
  EXPECT_EQ(none.error().number, ENOENT);
  EXPECT_FALSE(content_at(scratch.path(), "."));
}

}  // namespace
}  // namespace erofs::tree
