// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/archive_node.h"

#include <archive_entry.h>
#include <gtest/gtest.h>

#include <memory>

#include "tree/acl_xattr.h"

namespace erofs::tree {
namespace {

using Entry = std::unique_ptr<archive_entry, void (*)(archive_entry*)>;

Entry entry() {
  Entry out(archive_entry_new(), archive_entry_free);
  archive_entry_set_pathname(out.get(), "p");
  archive_entry_set_filetype(out.get(), AE_IFCHR);
  archive_entry_set_perm(out.get(), 02640);
  return out;
}

TEST(ArchiveNode, TakesTheFacts) {
  const Entry from = entry();
  archive_entry_set_uid(from.get(), 0xFFFFFFFF);
  archive_entry_set_mtime(from.get(), -5, 17);
  archive_entry_set_rdevmajor(from.get(), 7);
  archive_entry_set_rdevminor(from.get(), 70000);
  archive_entry_xattr_add_entry(from.get(), "user.a", "x", 1);
  EXPECT_EQ(archive_path(from.get()), "p");
  const auto node = archive_node(from.get(), "p");
  ASSERT_TRUE(node);
  EXPECT_EQ(node->type, Type::kChr);
  EXPECT_EQ(node->mode, 02640);
  EXPECT_EQ(node->uid, 0xFFFFFFFF);
  EXPECT_EQ(node->mtime_sec, -5);
  EXPECT_EQ(node->mtime_nsec, 17U);
  EXPECT_EQ(node->rdev_major, 7U);
  EXPECT_EQ(node->rdev_minor, 70000U);
  EXPECT_EQ(node->xattrs, (std::vector<Xattr>{{"user.a", "x"}}));
}

TEST(ArchiveNode, MakesAttributesOfAccessControlLists) {
  const Entry from = entry();
  archive_entry_acl_add_entry(from.get(), ARCHIVE_ENTRY_ACL_TYPE_ACCESS, 6,
                              ARCHIVE_ENTRY_ACL_USER, 1000, nullptr);
  archive_entry_acl_add_entry(from.get(), ARCHIVE_ENTRY_ACL_TYPE_ACCESS, 7,
                              ARCHIVE_ENTRY_ACL_MASK, -1, nullptr);
  const auto node = archive_node(from.get(), "p");
  ASSERT_TRUE(node);
  ASSERT_EQ(node->xattrs.size(), 1U);
  EXPECT_EQ(node->xattrs[0].name, "system.posix_acl_access");
  constexpr std::uint32_t kNobody = ~std::uint32_t{0};
  EXPECT_EQ(node->xattrs[0].value, acl_xattr({{1, 6, kNobody},
                                              {2, 6, 1000},
                                              {4, 4, kNobody},
                                              {16, 7, kNobody},
                                              {32, 0, kNobody}}));
}

TEST(ArchiveNode, RefusesWhatDoesNotFit) {
  const Entry from = entry();
  archive_entry_set_uid(from.get(), 0x100000000);
  const auto node = archive_node(from.get(), "p");
  ASSERT_FALSE(node);
  EXPECT_EQ(node.error().where, "p");
}

}  // namespace
}  // namespace erofs::tree
