// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/metabox.h"

#include <gtest/gtest.h>

#include "emit/write_image.h"
#include "support/emit_tree.h"
#include "support/sample_text.h"

namespace erofs::emit {
namespace {

tree::Tree many_files() {
  tree::Tree tree;
  for (int i = 0; i < 2000; ++i) {
    tree::Node node = test::file_of(test::sample_text(100));
    node.xattrs = {{"user.same", std::string(100, 'x')}};
    EXPECT_TRUE(tree.put("/d/file" + std::to_string(i), node));
  }
  tree.finish();
  return tree;
}

TEST(Metabox, HoldsTheInodesCompressed) {
  const tree::Tree tree = many_files();
  Options options;
  options.methods.resize(1);
  options.wide = true;
  options.xattr_tolerance = 5000;
  const auto without = test::image_of(tree, options);
  image::MemoryTarget kept;
  options.metabox = &kept;
  options.metabox_pcluster = 65536;
  std::string reason;
  const auto with = test::image_of(tree, options, &reason);
  EXPECT_EQ(reason, "");
  ASSERT_FALSE(with.empty());
  EXPECT_LT(with.size() * 3, without.size());
  // The root is the first inode in it.
  EXPECT_EQ(with[1024 + 0x70 + 7], std::byte{0x80});
}

TEST(Metabox, NeedsTheFeature48Bit) {
  image::MemoryTarget kept;
  Options options;
  options.metabox = &kept;
  std::string reason;
  EXPECT_TRUE(test::image_of(many_files(), options, &reason).empty());
  EXPECT_NE(reason.find("48bit"), std::string::npos);
}

}  // namespace
}  // namespace erofs::emit
