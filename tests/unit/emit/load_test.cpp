// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/load.h"

#include <gtest/gtest.h>

#include "image/memory_target.h"
#include "support/emit_tree.h"
#include "support/sample_text.h"

namespace erofs::emit {
namespace {

TEST(Loader, ReadsEncodesAndDigests) {
  tree::Tree tree;
  EXPECT_TRUE(tree.put("/a", test::file_of(test::sample_text(20000))));
  tree.finish();
  Options options;
  options.methods.resize(1);
  options.pcluster = 4096;
  image::MemoryTarget target;
  const Context context(tree, options, target);
  Loader loader(context);
  Piece piece;
  piece.node = 1;
  piece.end = 20000;
  loader.load(piece);
  EXPECT_EQ(piece.bytes().text(), ByteView(test::sample_text(20000)).text());
  EXPECT_FALSE(piece.segment);
  piece.way = Way::kClusters;
  loader.load(piece);
  ASSERT_TRUE(piece.segment);
  EXPECT_LT(piece.segment->stored.size(), 16384U);
  piece.way = Way::kChunks;
  piece.choice.chunk_bits = 12;
  loader.load(piece);
  EXPECT_EQ(piece.digests.size(), 5U);
}

TEST(Loader, FindsHolesAndFailures) {
  tree::Tree tree;
  tree::Node hole;
  hole.size = 9000;
  EXPECT_TRUE(tree.put("/hole", hole));
  EXPECT_TRUE(tree.put("/x/bad", test::file_of(test::sample_text(5), 5)));
  tree.finish();
  const Options options;
  image::MemoryTarget target;
  const Context context(tree, options, target);
  Loader loader(context);
  Piece piece;
  piece.node = 1;
  piece.way = Way::kChunks;
  piece.choice.chunk_bits = 12;
  piece.end = 9000;
  loader.load(piece);
  ASSERT_EQ(piece.digests.size(), 3U);
  EXPECT_FALSE(piece.digests[0]);
  Piece bad;
  bad.node = *tree.find("/x/bad");
  bad.end = 5;
  loader.load(bad);
  ASSERT_TRUE(bad.trouble);
  EXPECT_EQ(bad.trouble->where, "/x/bad");
  EXPECT_EQ(bad.trouble->number, 5);
}

TEST(Loader, UsesLargeBuffersAgain) {
  tree::Tree tree;
  EXPECT_TRUE(tree.put("/a", test::file_of(test::sample_text(1U << 20))));
  tree.finish();
  const Options options;
  image::MemoryTarget target;
  const Context context(tree, options, target);
  Loader loader(context);
  Batch batch;
  batch.pieces.resize(1);
  batch.pieces[0].node = 1;
  batch.pieces[0].end = 1U << 20;
  loader.load(batch.pieces[0]);
  const std::byte* where = batch.pieces[0].buffer.data();
  loader.give_back(batch);
  Piece next;
  next.node = 1;
  next.end = 300000;
  loader.load(next);
  EXPECT_EQ(next.buffer.data(), where);
  EXPECT_EQ(next.bytes().size(), 300000U);
}

}  // namespace
}  // namespace erofs::emit
