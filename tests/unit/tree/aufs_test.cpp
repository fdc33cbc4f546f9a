// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/aufs.h"

#include <gtest/gtest.h>

#include <vector>

namespace erofs::tree {
namespace {

TEST(Aufs, BecomesWhatOverlayfsHas) {
  Tree tree;
  Aufs aufs;
  const Node like;
  EXPECT_EQ(aufs.take("d/file", like, tree), false);
  EXPECT_EQ(aufs.take("d/.wh.gone", like, tree), true);
  EXPECT_EQ(aufs.take("d/.wh..wh..opq", like, tree), true);
  EXPECT_EQ(aufs.take(".wh..wh.plnk/", like, tree), true);
  EXPECT_EQ(aufs.take(".wh..wh.plnk/.wh.x", like, tree), true);
  EXPECT_FALSE(aufs.take("d/.wh.", like, tree));
  Node directory;
  directory.type = Type::kDir;
  directory.xattrs = {{"user.z", "1"}};
  ASSERT_TRUE(tree.put("d", directory));
  aufs.mark(tree);
  tree.finish();
  ASSERT_EQ(tree.nodes().size(), 3U);
  EXPECT_EQ(tree.at(1).xattrs,
            (std::vector<Xattr>{{"trusted.overlay.opaque", "y"},
                                {"trusted.overlay.origin", ""},
                                {"user.z", "1"}}));
  const Node& gone = tree.at(*tree.find("d/gone"));
  EXPECT_EQ(gone.type, Type::kChr);
  EXPECT_EQ(gone.rdev_major + gone.rdev_minor + gone.mode, 0U);
}

}  // namespace
}  // namespace erofs::tree
