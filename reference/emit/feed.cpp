// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/feed.h"

#include <algorithm>

namespace erofs::emit {
namespace {

// A batch of small files ends with the node that reaches either.
constexpr std::uint64_t kBatchBytes = 1U << 20;
constexpr std::size_t kBatchNodes = 256;
// Large files are cut at multiples of this; of every block and chunk size
// up to it, too.
constexpr std::uint64_t kSegment = 8U << 20;
// What is encoded takes long: shorter ones keep all cores at work to the end.
constexpr std::uint64_t kEncoded = 2U << 20;
// What is only copied goes through the caches of a core.
constexpr std::uint64_t kCopied = 1U << 20;
// Segments of large pclusters are longer: each ends with one that is not
// filled.
constexpr std::uint64_t kSegmentPclusters = 8;

bool has_content(Way way) {
  return way != Way::kDirectory && way != Way::kSpecial &&
         way != Way::kArchived && way != Way::kHoles;
}

std::uint64_t segment_of(const Piece& piece, bool dedupe) {
  if (piece.way == Way::kChunks) {
    return std::max(kSegment, std::uint64_t{1} << piece.choice.chunk_bits);
  }
  if (piece.way == Way::kFlat || piece.way == Way::kPacked) return kCopied;
  // Equal content is looked for by one thread, and ends with a segment.
  return std::max(dedupe ? kSegment : kEncoded,
                  kSegmentPclusters * piece.choice.pcluster);
}

}  // namespace

Feed::Feed(const Context& context) : context_(context) {
  for (const tree::Node& node : context.tree.nodes()) {
    if (node.type == tree::Type::kReg) total_ += node.size;
  }
}

Piece Feed::piece_of(tree::NodeId id) const {
  const tree::Node& node = context_.tree.at(id);
  const Options& options = context_.options;
  Piece out;
  out.node = id;
  if (node.type == tree::Type::kDir) {
    out.way = Way::kDirectory;
    return out;
  }
  if (node.type != tree::Type::kReg || node.size == 0) {
    out.way = Way::kSpecial;
    return out;
  }
  if (options.archive_bytes != 0) {
    out.way = Way::kArchived;
    return out;
  }
  if (node.content == nullptr && !node.holes.empty()) {
    out.way = Way::kHoles;
    return out;
  }
  out.choice.chunk_bits = options.chunk_bits;
  out.choice.method = options.methods.empty() ? Choice::kPlain : 0;
  if (options.choose) out.choice = options.choose(context_.tree, id);
  if (out.choice.pcluster == 0) out.choice.pcluster = options.pcluster;
  if (out.choice.chunk_bits != 0) {
    out.way = Way::kChunks;
  } else if (out.choice.method == Choice::kPlain) {
    out.way = Way::kFlat;
  } else {
    out.way = options.all_fragments ? Way::kPacked : Way::kClusters;
  }
  return out;
}

std::unique_ptr<Batch> Feed::next() {
  const auto count = context_.tree.nodes().size();
  auto batch = std::make_unique<Batch>();
  std::uint64_t bytes = 0;
  while (node_ < count && bytes < kBatchBytes &&
         batch->pieces.size() < kBatchNodes && !context_.failed()) {
    Piece piece = piece_of(node_);
    const bool content = has_content(piece.way);
    const std::uint64_t size = content ? context_.tree.at(node_).size : 0;
    const std::uint64_t segment =
        content ? segment_of(piece, context_.options.dedupe) : 0;
    // A large file has batches of its own.
    if (size > segment && !batch->pieces.empty()) break;
    piece.begin = begin_;
    piece.end = content ? std::min(size, begin_ + segment) : 0;
    piece.last = piece.end >= size;
    bytes += piece.end - piece.begin;
    begin_ = piece.last ? 0 : piece.end;
    if (piece.last) ++node_;
    batch->pieces.push_back(std::move(piece));
    if (size > segment) break;
  }
  return batch->pieces.empty() ? nullptr : std::move(batch);
}

}  // namespace erofs::emit
