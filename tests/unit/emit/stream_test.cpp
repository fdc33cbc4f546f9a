// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/stream.h"

#include <gtest/gtest.h>

#include "support/emit_fixture.h"
#include "support/sample_text.h"

namespace erofs::emit {
namespace {

tree::Tree files(int count, int bad) {
  tree::Tree tree;
  for (int i = 0; i < count; ++i) {
    EXPECT_TRUE(
        tree.put("/f" + std::to_string(100 + i),
                 test::file_of(test::sample_text(10), i == bad ? 5 : 0)));
  }
  tree.finish();
  return tree;
}

// The nodes taken, where the batches have one piece each.
std::vector<tree::NodeId> taken(Context& context) {
  Loader loader(context);
  tree::NodeId next = 1;
  std::vector<tree::NodeId> out;
  Stream stream;
  stream.next = [&]() -> std::unique_ptr<Batch> {
    if (next == context.tree.nodes().size()) return nullptr;
    auto batch = std::make_unique<Batch>();
    batch->pieces.resize(1);
    batch->pieces[0].node = next++;
    batch->pieces[0].end = 10;
    return batch;
  };
  stream.take = [&](Piece& piece) { out.push_back(piece.node); };
  stream.done = [] {};
  run_stream(context, loader, stream);
  return out;
}

TEST(Stream, TakesPiecesInOrder) {
  Options options;
  options.jobs = 4;
  test::Emitting image(files(50, -1), options);
  const auto nodes = taken(image.context);
  ASSERT_EQ(nodes.size(), 50U);
  for (tree::NodeId i = 0; i < 50; ++i) EXPECT_EQ(nodes[i], i + 1);
}

TEST(Stream, EndsWithTheFirstTrouble) {
  test::Emitting image(files(50, 20));
  EXPECT_EQ(taken(image.context).size(), 20U);
  ASSERT_TRUE(image.context.trouble);
  EXPECT_EQ(image.context.trouble->where, "/f120");
}

}  // namespace
}  // namespace erofs::emit
