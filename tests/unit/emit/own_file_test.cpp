// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/own_file.h"

#include <gtest/gtest.h>

#include "emit/load.h"
#include "support/emit_fixture.h"
#include "support/sample_text.h"

namespace erofs::emit {
namespace {

tree::Tree nothing() {
  tree::Tree tree;
  tree.finish();
  return tree;
}

// What an inode of 20,000 bytes of text takes, written as `choice` says.
std::uint64_t blocks_of(const Choice& choice) {
  image::MemoryTarget kept;
  const auto text = test::sample_text(20000);
  EXPECT_EQ(kept.write(0, ByteView(text)), 0);
  Options options;
  options.methods.resize(1);
  options.pcluster = 4096;
  test::Emitting image(nothing(), options);
  Packed packed(image.context);
  Loader loader(image.context);
  const tree::NodeId id = image.context.metabox_id();
  write_own_file(image.context, packed, loader, id, kept, text.size(), choice);
  EXPECT_FALSE(image.context.failed());
  EXPECT_NE(image.context.nids[id], 0U);
  EXPECT_EQ(image.context.facts.inodes, 1U);
  return image.context.space->end();
}

TEST(OwnFile, IsCompressedOrNot) {
  const std::uint64_t plain = blocks_of({.method = Choice::kPlain});
  EXPECT_EQ(plain, 1U + 1 + 5);  // the front, the inode, the content
  EXPECT_LT(blocks_of({.method = 0, .pcluster = 4096}), plain);
}

}  // namespace
}  // namespace erofs::emit
