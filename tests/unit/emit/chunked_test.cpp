// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/chunked.h"

#include <gtest/gtest.h>

#include "support/emit_fixture.h"
#include "support/hex_bytes.h"
#include "support/sample_text.h"

namespace erofs::emit {
namespace {

tree::Tree one(std::size_t size) {
  tree::Tree tree;
  EXPECT_TRUE(tree.put("/file", test::file_of(test::sample_text(size))));
  tree.finish();
  return tree;
}

TEST(ChunkStore, KeepsEqualChunksOnce) {
  test::Emitting image(one(1));
  ChunkStore store(image.context);
  const auto text = test::sample_text(4096);
  const Digest digest = sha256(ByteView(text));
  const std::uint64_t first = store.put(digest, ByteView(text));
  EXPECT_EQ(store.put(digest, ByteView(text)), first);
  const auto other = test::sample_noise(100);
  EXPECT_EQ(store.put(sha256(ByteView(other)), ByteView(other)), first + 1);
  EXPECT_EQ(image.context.space->end(), 3U);
}

TEST(ChunkStore, WritesToTheBlob) {
  image::MemoryTarget blob;
  Options options;
  options.blob = &blob;
  test::Emitting image(one(1), options);
  ChunkStore store(image.context);
  const auto text = test::sample_text(5000);
  EXPECT_EQ(store.put(sha256(ByteView(text)), ByteView(text)), 0U);
  EXPECT_EQ(image.context.blob_blocks, 2U);
  EXPECT_EQ(blob.bytes().size(), 8192U);
}

TEST(ChunkedFile, WritesItsTable) {
  test::Emitting image(one(9000));
  ChunkStore store(image.context);
  ChunkedFile file(image.context, store, 1);
  Piece piece;
  piece.node = 1;
  piece.choice.chunk_bits = 12;
  piece.end = 9000;
  piece.buffer = test::sample_text(9000);
  const ByteView all = piece.bytes();
  for (const std::uint64_t at : {0U, 4096U}) {
    piece.digests.emplace_back(sha256(*all.slice(at, 4096)));
  }
  piece.digests.emplace_back(std::nullopt);
  file.add(piece);
  const std::uint64_t at = image.context.nids[1] * 32;
  EXPECT_EQ(test::hex_of(std::span(image.bytes()).subspan(at + 32, 12)),
            "01 00 00 00 ff ff ff ff 00 00 00 00");
}

}  // namespace
}  // namespace erofs::emit
