// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/feed.h"

#include <gtest/gtest.h>

#include "image/memory_target.h"
#include "support/emit_tree.h"

namespace erofs::emit {
namespace {

struct Fixture {
  explicit Fixture(tree::Tree given, Options wanted = {})
      : tree(std::move(given)),
        options(std::move(wanted)),
        context(tree, options, target) {}

  tree::Tree tree;
  Options options;
  image::MemoryTarget target;
  Context context;
};

tree::Tree files(std::size_t count, std::size_t size) {
  tree::Tree tree;
  for (std::size_t i = 0; i < count; ++i) {
    tree::Node node;
    node.size = size;
    EXPECT_TRUE(tree.put("/f" + std::to_string(1000 + i), node));
  }
  tree.finish();
  return tree;
}

TEST(Feed, PutsSmallFilesTogether) {
  const Fixture fixture(files(600, 100));
  Feed feed(fixture.context);
  EXPECT_EQ(feed.total(), 60000U);
  std::size_t batches = 0;
  tree::NodeId node = 1;
  while (const auto batch = feed.next()) {
    ++batches;
    for (const Piece& piece : batch->pieces) {
      EXPECT_EQ(piece.node, node++);
      EXPECT_TRUE(piece.last);
      EXPECT_EQ(piece.way, Way::kFlat);
    }
  }
  EXPECT_EQ(node, 601U);
  EXPECT_EQ(batches, 3U);
}

TEST(Feed, CutsLargeFiles) {
  Options options;
  options.methods.resize(1);
  options.pcluster = 4096;
  const Fixture fixture(files(1, (20U << 20) + 5), options);
  Feed feed(fixture.context);
  std::uint64_t at = 0;
  while (const auto batch = feed.next()) {
    ASSERT_EQ(batch->pieces.size(), 1U);
    const Piece& piece = batch->pieces[0];
    EXPECT_EQ(piece.begin, at);
    EXPECT_EQ(piece.way, Way::kClusters);
    at = piece.end;
    EXPECT_EQ(piece.last, at == (20U << 20) + 5);
  }
  EXPECT_EQ(at, (20U << 20) + 5);
}

TEST(Feed, AsksHowAFileIsStored) {
  Options options;
  options.methods.resize(1);
  options.choose = [](const tree::Tree&, tree::NodeId id) {
    Choice choice;
    if (id == 1) choice.method = Choice::kPlain;
    if (id == 2) choice.chunk_bits = 12;
    return choice;
  };
  const Fixture fixture(files(3, 100), options);
  Feed feed(fixture.context);
  const auto batch = feed.next();
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->pieces[0].way, Way::kFlat);
  EXPECT_EQ(batch->pieces[1].way, Way::kChunks);
  EXPECT_EQ(batch->pieces[2].way, Way::kClusters);
}

}  // namespace
}  // namespace erofs::emit
