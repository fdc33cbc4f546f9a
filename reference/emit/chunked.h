// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EMIT_CHUNKED_H_
#define EROFS_EMIT_CHUNKED_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "emit/context.h"
#include "emit/digest.h"
#include "emit/feed.h"
#include "plan/chunk_table.h"

namespace erofs::emit {

// Where the chunks of an image lie: equal ones of one length once.
class ChunkStore {
 public:
  explicit ChunkStore(Context& context) : context_(context) {}

  // The first block of a chunk with these bytes, which it writes unless
  // they are there.
  [[nodiscard]] std::uint64_t put(const Digest& digest, ByteView bytes);

 private:
  Context& context_;
  std::map<std::pair<Digest, std::size_t>, std::uint64_t> known_;
};

// A file in chunks, while its pieces arrive.
class ChunkedFile {
 public:
  ChunkedFile(Context& context, ChunkStore& store, tree::NodeId id)
      : context_(context), store_(store), id_(id) {}

  void add(const Piece& piece);

 private:
  void finish(const Piece& piece);

  Context& context_;
  ChunkStore& store_;
  tree::NodeId id_;
  std::vector<plan::Chunk> chunks_;
};

}  // namespace erofs::emit

#endif  // EROFS_EMIT_CHUNKED_H_
