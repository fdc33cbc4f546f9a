// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/host_xattrs.h"

#include <gtest/gtest.h>
#include <sys/xattr.h>

#include <cerrno>
#include <string>

#include "support/scratch.h"

namespace erofs::tree {
namespace {

TEST(HostXattrs, AreInOrder) {
  const test::Scratch scratch;
  scratch.write("file", "");
  const std::string path = scratch.path("file");
  const std::string value("v\0w", 3);
  if (::setxattr(path.c_str(), "user.b", value.data(), 3, 0) != 0) {
    GTEST_SKIP() << "no attributes here";
  }
  ASSERT_EQ(::setxattr(path.c_str(), "user.a", "", 0, 0), 0);
  const auto found = host_xattrs(path);
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, (std::vector<Xattr>{{"user.a", ""}, {"user.b", value}}));
}

TEST(HostXattrs, NameTheFileThatIsNotThere) {
  const test::Scratch scratch;
  const auto found = host_xattrs(scratch.path("none"));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().where, scratch.path("none"));
  EXPECT_EQ(found.error().number, ENOENT);
}

}  // namespace
}  // namespace erofs::tree
