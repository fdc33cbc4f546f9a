// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/packed.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include "emit/clusters.h"
#include "emit/stream.h"

namespace erofs::emit {
namespace {

// Pieces the packed inode is compressed in.
constexpr std::uint64_t kSegment = 8U << 20;

// What was put into a target.
class TargetSource : public image::Source {
 public:
  TargetSource(image::Target& target, std::uint64_t size)
      : target_(target), size_(size) {}

  [[nodiscard]] std::uint64_t size() const noexcept override { return size_; }
  [[nodiscard]] Status read(std::uint64_t offset,
                            MutableBytes out) const override {
    const int error = target_.read(offset, out);
    if (error != 0) {
      return io_fault(Place{}, static_cast<std::uint64_t>(error));
    }
    return {};
  }

 private:
  image::Target& target_;
  std::uint64_t size_;
};

}  // namespace

std::uint64_t Packed::append(ByteView bytes) {
  const std::uint64_t at = size_;
  const int error = context_.options.packed->write(at, bytes);
  if (error != 0) {
    context_.fail({"the packed inode",
                   std::string("cannot be kept: ") + std::strerror(error),
                   error});
  }
  size_ += bytes.size();
  return at;
}

std::uint64_t Packed::put(ByteView bytes) {
  const std::pair<Digest, std::size_t> key{sha256(bytes), bytes.size()};
  const auto known = known_.find(key);
  if (known != known_.end()) return known->second;
  const std::uint64_t at = append(bytes);
  known_.emplace(key, at);
  return at;
}

void Packed::add_file(const Piece& piece) {
  const ByteView bytes = piece.bytes();
  if (piece.begin == 0 && piece.last) {
    file_ = put(bytes);
  } else {
    const std::uint64_t at = append(bytes);
    if (piece.begin == 0) file_ = at;
  }
  if (piece.last) write_fragment_inode(context_, piece.node, file_);
}

void Packed::finish(Loader& loader) {
  if (size_ == 0) return;
  tree::Node& node = context_.packed;
  node.size = size_;
  node.nlink = 1;
  node.mtime_sec = context_.facts.epoch.seconds;
  node.mtime_nsec = context_.facts.epoch.nanoseconds;
  node.content =
      std::make_shared<TargetSource>(*context_.options.packed, size_);
  ClusterFile file(context_, *this, context_.packed_id());
  std::uint64_t begin = 0;
  Stream stream;
  stream.next = [&]() -> std::unique_ptr<Batch> {
    if (begin >= size_ || context_.failed()) return nullptr;
    auto batch = std::make_unique<Batch>();
    Piece piece;
    piece.node = context_.packed_id();
    piece.way = Way::kClusters;
    piece.choice.pcluster = context_.options.packed_pcluster;
    piece.begin = begin;
    piece.end = std::min(size_, begin + kSegment);
    piece.last = piece.end == size_;
    begin = piece.end;
    batch->pieces.push_back(std::move(piece));
    return batch;
  };
  stream.take = [&](Piece& piece) { file.add(piece); };
  stream.done = [] {};
  run_stream(context_, loader, stream);
  context_.facts.packed = context_.nids[context_.packed_id()];
  ++context_.facts.inodes;
}

}  // namespace erofs::emit
