// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/packed.h"

#include <gtest/gtest.h>

#include "emit/load.h"
#include "support/emit_fixture.h"
#include "support/sample_text.h"

namespace erofs::emit {
namespace {

Options options_for(image::Target& kept) {
  Options options;
  options.methods.resize(1);
  options.pcluster = options.packed_pcluster = 4096;
  options.packed = &kept;
  return options;
}

tree::Tree nothing() {
  tree::Tree tree;
  tree.finish();
  return tree;
}

TEST(Packed, KeepsEqualFragmentsOnce) {
  image::MemoryTarget kept;
  test::Emitting image(nothing(), options_for(kept));
  Packed packed(image.context);
  EXPECT_EQ(packed.put(ByteView::of_text("abc")), 0U);
  EXPECT_EQ(packed.put(ByteView::of_text("defg")), 3U);
  EXPECT_EQ(packed.put(ByteView::of_text("abc")), 0U);
  EXPECT_EQ(kept.bytes().size(), 7U);
}

TEST(Packed, BeginsWithThePrefixes) {
  image::MemoryTarget kept;
  Options options = options_for(kept);
  options.fragments = true;
  test::Emitting image(nothing(), options);
  ASSERT_EQ(image.context.names.add_prefix("user.ab"), nullptr);
  Packed packed(image.context);
  packed.begin();
  EXPECT_EQ(image.context.facts.prefix_unit, 0U);
  EXPECT_EQ(packed.put(ByteView::of_text("abc")), 5U);
}

TEST(Packed, WritesItsInode) {
  image::MemoryTarget kept;
  test::Emitting image(nothing(), options_for(kept));
  Packed packed(image.context);
  EXPECT_EQ(packed.put(ByteView(test::sample_text(50000))), 0U);
  Loader loader(image.context);
  packed.finish(loader);
  EXPECT_FALSE(image.context.failed());
  EXPECT_NE(image.context.facts.packed, 0U);
  EXPECT_EQ(image.context.facts.inodes, 1U);  // the packed inode alone
  const auto& bytes = image.bytes();
  const std::uint64_t at = image.context.facts.packed * 32;
  EXPECT_EQ(std::to_integer<int>(bytes[at + 8]), 50000 & 255);
}

TEST(Packed, HasNoInodeWithoutAFragment) {
  image::MemoryTarget kept;
  test::Emitting image(nothing(), options_for(kept));
  Packed packed(image.context);
  Loader loader(image.context);
  packed.finish(loader);
  EXPECT_EQ(image.context.facts.packed, 0U);
  EXPECT_EQ(image.context.space->end(), 1U);
}

}  // namespace
}  // namespace erofs::emit
