// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/own_file.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "emit/clusters.h"
#include "emit/flat.h"
#include "emit/stream.h"

namespace erofs::emit {
namespace {

// Pieces that it is compressed in.
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

void write_own_file(Context& context, Packed& packed, Loader& loader,
                    tree::NodeId id, image::Target& kept, std::uint64_t size,
                    Choice choice) {
  tree::Node& node = context.own(id);
  node.size = size;
  node.nlink = 1;
  node.mtime_sec = context.facts.epoch.seconds;
  node.mtime_nsec = context.facts.epoch.nanoseconds;
  node.content = std::make_shared<TargetSource>(kept, size);
  const bool plain = choice.method == Choice::kPlain;
  ClusterFile clusters(context, packed, id);
  std::optional<FlatFile> flat;
  if (plain) flat.emplace(context, id, size, false);
  std::uint64_t begin = 0;
  Stream stream;
  stream.next = [&]() -> std::unique_ptr<Batch> {
    if (begin >= size || context.failed()) return nullptr;
    auto batch = std::make_unique<Batch>();
    Piece piece;
    piece.node = id;
    piece.way = plain ? Way::kFlat : Way::kClusters;
    piece.choice = choice;
    piece.begin = begin;
    piece.end = std::min(size, begin + kSegment);
    piece.last = piece.end == size;
    begin = piece.end;
    batch->pieces.push_back(std::move(piece));
    return batch;
  };
  stream.take = [&](Piece& piece) {
    if (flat) {
      flat->add(piece.bytes());
    } else {
      clusters.add(piece);
    }
  };
  stream.done = [] {};
  run_stream(context, loader, stream);
  ++context.facts.inodes;
}

}  // namespace erofs::emit
