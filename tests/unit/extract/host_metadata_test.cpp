// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/host_metadata.h"

#include <gtest/gtest.h>
#include <sys/xattr.h>

#include <array>

#include "extract/host_directory.h"
#include "support/scratch.h"

namespace erofs::extract {
namespace {

using test::Scratch;

tree::Entry entry(tree::Type type, std::uint16_t mode) {
  tree::Entry out;
  out.type = type;
  out.mode = mode;
  out.mtime_sec = -77;
  out.mtime_nsec = 123456789;
  return out;
}

Rights mine() {
  Rights rights;
  rights.uid = ::geteuid();
  rights.gid = ::getegid();
  return rights;
}

TEST(IsPrivilegedXattr, KnowsTheNamespaces) {
  EXPECT_TRUE(is_privileged_xattr("security.capability"));
  EXPECT_TRUE(is_privileged_xattr("trusted.overlay.opaque"));
  EXPECT_FALSE(is_privileged_xattr("user.mime"));
  EXPECT_FALSE(is_privileged_xattr("system.posix_acl_access"));
}

TEST(CreationMode, IsItsOwnWhereNothingIsInTheWay) {
  Rights rights = mine();
  tree::Entry file = entry(tree::Type::kReg, 0644);
  EXPECT_EQ(creation_mode(file, rights), 0644U);
  rights.umask = 022;
  EXPECT_EQ(creation_mode(file, rights), 0644U);
  rights.umask = 077;
  EXPECT_EQ(creation_mode(file, rights), 0600U);
  rights.umask = 0;
  file.mode = 04755;
  EXPECT_EQ(creation_mode(file, rights), 0600U);
  file.mode = 0444;
  file.xattrs["user.a"] = "b";
  EXPECT_EQ(creation_mode(file, rights), 0600U)
      << "attributes are set by whoever may write";
}

TEST(CreationMode, LetsADirectoryBeFilled) {
  const Rights rights = mine();
  EXPECT_EQ(creation_mode(entry(tree::Type::kDir, 0755), rights), 0755U);
  EXPECT_EQ(creation_mode(entry(tree::Type::kDir, 0500), rights), 0700U);
  EXPECT_EQ(creation_mode(entry(tree::Type::kDir, 01777), rights), 0700U);
}

class Restored : public testing::Test {
 protected:
  Restored() : root_(*open_root(scratch_.path("root"))) {}

  Scratch scratch_;
  Fd root_;
};

TEST_F(Restored, ModeAndTimeOfAnOpenFile) {
  const auto file = make_file(root_.get(), "f", 0600);
  ASSERT_TRUE(file.has_value());
  const auto refusals =
      restore(file->get(), entry(tree::Type::kReg, 0444), 0600, mine());
  ASSERT_TRUE(refusals.has_value());
  EXPECT_EQ(*refusals, 0U);
  const auto found = scratch_.stat("root/f");
  EXPECT_EQ(found.st_mode, S_IFREG | 0444U);
  EXPECT_EQ(found.st_mtim.tv_sec, -77);
  EXPECT_EQ(found.st_mtim.tv_nsec, 123456789);
}

TEST_F(Restored, AttributesOfTheUser) {
  const auto file = make_file(root_.get(), "f", 0600);
  ASSERT_TRUE(file.has_value());
  tree::Entry wanted = entry(tree::Type::kReg, 0400);
  wanted.xattrs["user.test"] = "value";
  const auto refusals = restore(file->get(), wanted, 0600, mine());
  ASSERT_TRUE(refusals.has_value());
  if (*refusals != 0) return;  // this file system has none
  std::array<char, 16> value{};
  EXPECT_EQ(::fgetxattr(file->get(), "user.test", value.data(), value.size()),
            5);
}

TEST_F(Restored, CountsAttributesThatTheFileSystemHasNoNotionOf) {
  const auto file = make_file(root_.get(), "f", 0600);
  ASSERT_TRUE(file.has_value());
  tree::Entry wanted = entry(tree::Type::kReg, 0600);
  wanted.xattrs["nonsense.name"] = "value";
  const auto refusals = restore(file->get(), wanted, 0600, mine());
  ASSERT_TRUE(refusals.has_value());
  EXPECT_EQ(*refusals, 1U);
}

TEST_F(Restored, TimeOfALinkAndNotOfItsTarget) {
  scratch_.write("outside", "x");
  const auto before = scratch_.stat("outside");
  ASSERT_TRUE(make_symlink(root_.get(), "l", scratch_.path("outside")));
  ASSERT_TRUE(
      restore_at(root_.get(), "l", entry(tree::Type::kLnk, 0777), mine()));
  EXPECT_EQ(scratch_.stat("root/l").st_mtim.tv_sec, -77);
  const auto after = scratch_.stat("outside");
  EXPECT_EQ(after.st_mtim.tv_sec, before.st_mtim.tv_sec);
  EXPECT_EQ(after.st_mode, before.st_mode);
}

TEST_F(Restored, ModeOfAFifoWithoutOpeningIt) {
  ASSERT_TRUE(make_node(root_.get(), "p", S_IFIFO | 0400, 0));
  ASSERT_TRUE(
      restore_at(root_.get(), "p", entry(tree::Type::kFifo, 0666), mine()));
  EXPECT_EQ(scratch_.stat("root/p").st_mode, S_IFIFO | 0666U);
}

TEST_F(Restored, NoModeThroughALink) {
  scratch_.write("outside", "x");
  ASSERT_TRUE(make_symlink(root_.get(), "p", scratch_.path("outside")));
  const auto before = scratch_.stat("outside").st_mode;
  EXPECT_FALSE(
      restore_at(root_.get(), "p", entry(tree::Type::kFifo, 0777), mine()));
  EXPECT_EQ(scratch_.stat("outside").st_mode, before);
}

TEST_F(Restored, OwnersByRootAlone) {
  if (::geteuid() != 0) return;
  Rights rights = mine();
  rights.owners = true;
  const auto file = make_file(root_.get(), "f", 0600);
  tree::Entry wanted = entry(tree::Type::kReg, 06711);
  wanted.uid = 1234;
  wanted.gid = 5678;
  ASSERT_TRUE(restore(file->get(), wanted, 06711, rights).has_value());
  const auto found = scratch_.stat("root/f");
  EXPECT_EQ(found.st_uid, 1234U);
  EXPECT_EQ(found.st_gid, 5678U);
  EXPECT_EQ(found.st_mode, S_IFREG | 06711U)
      << "the change of owner took the bits away";
}

}  // namespace
}  // namespace erofs::extract
