// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EMIT_FEED_H_
#define EROFS_EMIT_FEED_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "emit/context.h"
#include "plan/extent.h"

namespace erofs::emit {

// How a node is stored.
enum class Way : std::uint8_t {
  kDirectory,
  kSpecial,   // no content of its own, or a symlink's
  kArchived,  // its content stays in the archive
  kHoles,     // nothing but holes, and nothing to read
  kFlat,
  kChunks,
  kClusters,  // compressed
  kPacked,    // all of it a fragment
};

// The content of a node, or a piece of it.
struct Piece {
  tree::NodeId node = 0;
  Way way = Way::kFlat;
  Choice choice;
  std::uint64_t begin = 0;  // bytes of the file
  std::uint64_t end = 0;
  bool last = true;  // it ends with the file

  // What the work makes of it: the bytes themselves, at the start of a
  // buffer that may be longer ...
  std::vector<std::byte> buffer;
  // ... for kChunks a digest of each chunk, nothing for one of zeros ...
  std::vector<std::optional<std::array<std::byte, 32>>> digests;
  // ... for kClusters the encoded ones.
  std::optional<plan::Segment> segment;
  std::optional<tree::Trouble> trouble;

  [[nodiscard]] ByteView bytes() const {
    return ByteView(buffer).head(end - begin);
  }
};

// Consecutive nodes, or a piece of one.
struct Batch {
  std::vector<Piece> pieces;
};

// Cuts the nodes of a tree into batches, in their order: small files
// together, large ones in segments of a size that depends on the options
// alone.
class Feed {
 public:
  explicit Feed(const Context& context);

  [[nodiscard]] std::unique_ptr<Batch> next();
  // Bytes of content of the whole tree.
  [[nodiscard]] std::uint64_t total() const noexcept { return total_; }

 private:
  [[nodiscard]] Piece piece_of(tree::NodeId id) const;

  const Context& context_;
  std::uint64_t total_ = 0;
  tree::NodeId node_ = 1;    // the next one; the root has its place already
  std::uint64_t begin_ = 0;  // where its next segment begins
};

}  // namespace erofs::emit

#endif  // EROFS_EMIT_FEED_H_
