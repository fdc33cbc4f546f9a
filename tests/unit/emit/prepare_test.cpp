// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/prepare.h"

#include <gtest/gtest.h>

#include "format/features.gen.h"
#include "image/memory_target.h"
#include "support/emit_tree.h"

namespace erofs::emit {
namespace {

tree::Tree tree_with(const std::string& name, const std::string& value) {
  tree::Tree tree;
  for (const char* path : {"/a", "/b", "/c"}) {
    tree::Node node;
    node.mtime_sec = 50;
    node.xattrs.push_back({name, value});
    EXPECT_TRUE(tree.put(path, node));
  }
  tree.finish();
  return tree;
}

TEST(Prepare, TakesTheTimeThatMostFilesHave) {
  const tree::Tree tree = tree_with("user.a", "1");
  const Options options;
  image::MemoryTarget target;
  Context context(tree, options, target);
  prepare(context);
  EXPECT_FALSE(context.failed());
  EXPECT_EQ(context.facts.epoch.seconds, 50);
  EXPECT_EQ(context.facts.inodes, 4U);
  EXPECT_NE(context.facts.compat & format::compat::kXattrFilter, 0U);
  EXPECT_FALSE(context.xattrs.shared().empty());
  // The root comes first: its NID has 16 bits.
  EXPECT_EQ(context.nids[0], (1024 + 128) / 32U);
}

TEST(Prepare, NamesTheAttributeThatCannotBeKept) {
  const tree::Tree tree = tree_with("system.other", "1");
  const Options options;
  image::MemoryTarget target;
  Context context(tree, options, target);
  prepare(context);
  ASSERT_TRUE(context.trouble);
  EXPECT_EQ(context.trouble->where, "/a");
  EXPECT_NE(context.trouble->reason.find("system.other"), std::string::npos);
}

TEST(Prepare, NamesTheFileThatNobodyOwns) {
  tree::Tree tree = tree_with("user.a", "1");
  tree.at(*tree.find("/b")).gid = 0xFFFFFFFF;
  const Options options;
  image::MemoryTarget target;
  Context context(tree, options, target);
  prepare(context);
  ASSERT_TRUE(context.trouble);
  EXPECT_EQ(context.trouble->where, "/b");
}

TEST(Prepare, LeavesPrefixesToThePackedInode) {
  const tree::Tree tree = tree_with("user.prefix.a", "1");
  Options options;
  options.xattr_prefixes = {"user.prefix"};
  image::MemoryTarget target;
  Context open(tree, options, target);
  prepare(open);
  EXPECT_NE(open.facts.prefix_unit, 0U);
  EXPECT_NE(open.facts.compat & format::compat::kPlainXattrPfx, 0U);
  options.methods.resize(1);
  options.fragments = true;
  options.packed = &target;
  Context packed(tree, options, target);
  prepare(packed);
  EXPECT_EQ(packed.facts.prefix_unit, 0U);
  EXPECT_EQ(packed.facts.compat & format::compat::kPlainXattrPfx, 0U);
  EXPECT_NE(packed.facts.incompat & format::incompat::kXattrPrefixes, 0U);
}

TEST(Prepare, NamesThePrefixThatIsNone) {
  const tree::Tree tree = tree_with("user.a", "1");
  Options options;
  options.xattr_prefixes = {"nothing"};
  image::MemoryTarget target;
  Context context(tree, options, target);
  prepare(context);
  EXPECT_TRUE(context.failed());
}

TEST(Prepare, NeedsNoRecordsForPlainLz4) {
  const tree::Tree tree = tree_with("user.a", "1");
  Options options;
  options.pcluster = 4096;
  options.methods.resize(1);
  image::MemoryTarget target;
  Context lz4(tree, options, target);
  prepare(lz4);
  EXPECT_EQ(lz4.facts.incompat & format::incompat::kComprCfgs, 0U);
  EXPECT_EQ(lz4.facts.algorithms, 65535U);
  options.pcluster = 8192;
  Context big(tree, options, target);
  prepare(big);
  EXPECT_NE(big.facts.incompat & format::incompat::kComprCfgs, 0U);
  EXPECT_EQ(big.facts.codecs.size(), 16U);
}

}  // namespace
}  // namespace erofs::emit
