// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/clusters.h"

#include <gtest/gtest.h>

#include "emit/load.h"
#include "format/features.gen.h"
#include "support/emit_fixture.h"
#include "support/sample_text.h"

namespace erofs::emit {
namespace {

// The image of one file, and what kind of inode it got.
struct Made {
  std::vector<std::byte> image;
  int layout = -1;
  std::uint32_t incompat = 0;
};

Made make(const std::vector<std::byte>& content, Options options) {
  options.methods.resize(1);
  options.pcluster = 4096;
  tree::Tree tree;
  EXPECT_TRUE(tree.put("/file", test::file_of(content)));
  tree.finish();
  test::Emitting image(std::move(tree), options);
  image::MemoryTarget kept;
  image.options.packed = &kept;
  Packed packed(image.context);
  Loader loader(image.context);
  Feed feed(image.context);
  ClusterFile file(image.context, packed, 1);
  while (const auto batch = feed.next()) {
    loader.load(batch->pieces[0]);
    file.add(batch->pieces[0]);
  }
  Made out;
  out.image = image.bytes();
  out.layout =
      std::to_integer<int>(out.image[image.context.nids[1] * 32] >> 1) & 7;
  out.incompat = image.context.facts.incompat;
  return out;
}

TEST(ClusterFile, HasACompactIndexWhereItCan) {
  const Made made = make(test::sample_text(100000), {});
  EXPECT_EQ(made.layout, 3);
  EXPECT_LT(made.image.size(), 80000U);
  EXPECT_EQ(made.incompat, format::incompat::kLz40padding);
  EXPECT_EQ(make(test::sample_text(100000), {.legacy_index = true}).layout, 1);
}

TEST(ClusterFile, IsFlatWhereNothingIsGained) {
  const Made small = make(test::sample_noise(9000), {});
  EXPECT_EQ(small.layout, 2);
  EXPECT_EQ(small.incompat, 0U);
  // Also where the segments are gone by the time that shows.
  const auto noise = test::sample_noise((9U << 20) + 7);
  const Made large = make(noise, {});
  EXPECT_EQ(large.layout, 2);
  EXPECT_EQ(ByteView(large.image).slice(8192, 9U << 20)->text(),
            ByteView(noise).head(9U << 20).text());
}

TEST(ClusterFile, KeepsItsEndElsewhere) {
  const Made tail = make(test::sample_text(20000), {.ztailpacking = true});
  EXPECT_NE(tail.incompat & format::incompat::kZtailpacking, 0U);
  const Made fragment = make(test::sample_text(20000), {.fragments = true});
  EXPECT_NE(fragment.incompat & format::incompat::kFragments, 0U);
  EXPECT_EQ(make(test::sample_text(2000), {.fragments = true}).layout, 1);
}

TEST(ClusterFile, HasRecordsWhereTheyTakeNoMore) {
  const auto text = test::sample_text(100000);
  const Made index = make(text, {});
  const Made records = make(text, {.wide = true});
  EXPECT_EQ(records.layout, 1);
  EXPECT_EQ(records.image.size(), index.image.size());
}

}  // namespace
}  // namespace erofs::emit
