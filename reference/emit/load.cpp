// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/load.h"

#include <algorithm>
#include <cstring>

#include "base/checked.h"
#include "emit/digest.h"
#include "emit/inode.h"
#include "plan/segment.h"

namespace erofs::emit {
namespace {

void digest(Piece& piece) {
  const std::uint64_t chunk = std::uint64_t{1} << piece.choice.chunk_bits;
  const ByteView all = piece.bytes();
  for (std::uint64_t at = 0; at < all.size(); at += chunk) {
    const ByteView bytes = all.from(at).value_or(ByteView()).head(chunk);
    if (bytes.find_nonzero()) {
      piece.digests.emplace_back(sha256(bytes));
    } else {
      piece.digests.emplace_back(std::nullopt);
    }
  }
}

bool smaller(const std::vector<std::byte>& a, const std::vector<std::byte>& b) {
  return a.size() < b.size();
}

}  // namespace

void Loader::load(Piece& piece) {
  if (piece.way == Way::kDirectory || piece.way == Way::kSpecial ||
      piece.way == Way::kArchived || piece.way == Way::kHoles) {
    return;
  }
  const tree::Node& node = context_.node(piece.node);
  const auto length = static_cast<std::size_t>(piece.end - piece.begin);
  piece.buffer = take_buffer(length);
  const MutableBytes room = MutableBytes(piece.buffer).head(length);
  if (!node.content) room.fill_zero();
  if (node.content) {
    const Status got = node.content->read(piece.begin, room);
    if (!got) {
      const int error = static_cast<int>(got.error().value);
      piece.trouble = tree::Trouble{
          path_of(context_.tree, piece.node),
          std::string("cannot be read: ") + std::strerror(error), error};
      return;
    }
  }
  if (piece.way == Way::kChunks) digest(piece);
  // Sharing depends on what came before: that is one thread's work.
  const bool later = context_.options.dedupe && !context_.is_own(piece.node);
  if (piece.way == Way::kClusters && !later) encode(piece);
}

std::vector<std::byte> Loader::take_buffer(std::size_t length) {
  std::vector<std::byte> out;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto most = std::max_element(spare_.begin(), spare_.end(), smaller);
    if (length >= kLarge && most != spare_.end() && most->size() >= length) {
      out = std::move(*most);
      spare_.erase(most);
    }
  }
  if (out.size() < length) out.resize(length);
  return out;
}

void Loader::give_back(Batch& batch) {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (Piece& piece : batch.pieces) {
    if (piece.buffer.size() < kLarge) continue;
    if (spare_.size() < kSpare) {
      spare_.push_back(std::move(piece.buffer));
      continue;
    }
    const auto least = std::min_element(spare_.begin(), spare_.end(), smaller);
    if (smaller(*least, piece.buffer)) std::swap(*least, piece.buffer);
  }
}

std::unique_ptr<compress::Encoder> Loader::borrow(std::size_t method) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (method < idle_.size() && !idle_[method].empty()) {
      auto encoder = std::move(idle_[method].back());
      idle_[method].pop_back();
      return encoder;
    }
  }
  return compress::make_encoder(context_.options.methods[method]);
}

void Loader::encode(Piece& piece, plan::Matcher* matcher) {
  const std::size_t method = piece.choice.method;
  auto encoder = borrow(method);
  if (!encoder) {
    piece.trouble = tree::Trouble{path_of(context_.tree, piece.node),
                                  "no memory to compress it", ENOMEM};
    return;
  }
  const Options& options = context_.options;
  plan::SegmentOptions how;
  how.block_bits = options.block_bits;
  how.pcluster = piece.choice.pcluster;
  how.extent_max = options.extent_max;
  how.last = piece.last;
  // The image's own inodes have all their bytes in blocks.
  const bool packed = context_.is_own(piece.node);
  how.inline_tail = options.ztailpacking && !packed;
  how.fragment = options.fragments && !packed;
  how.matcher = matcher;
  piece.segment = plan::encode_segment(piece.bytes(), how, *encoder);
  const std::lock_guard<std::mutex> lock(mutex_);
  idle_.resize(std::max(idle_.size(), method + 1));
  idle_[method].push_back(std::move(encoder));
}

}  // namespace erofs::emit
