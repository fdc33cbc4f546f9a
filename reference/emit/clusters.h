// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EMIT_CLUSTERS_H_
#define EROFS_EMIT_CLUSTERS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "emit/context.h"
#include "emit/dedupe.h"
#include "emit/feed.h"
#include "emit/packed.h"
#include "plan/cluster_index.h"
#include "plan/extent.h"

namespace erofs::emit {

// A compressed file, while its segments arrive.
class ClusterFile {
 public:
  // `dedupe`: of pieces that are not encoded yet.
  ClusterFile(Context& context, Packed& packed, tree::NodeId id,
              Dedupe* dedupe = nullptr)
      : context_(context), packed_(packed), id_(id), dedupe_(dedupe) {}

  void add(Piece& piece);

 private:
  enum class MapForm : std::uint8_t { kCompact, kFull, kRecords };

  void finish(Piece& piece);
  [[nodiscard]] MapForm form_of(const plan::MapFacts& facts) const;
  [[nodiscard]] bool gains(const Piece& piece) const;
  void write_flat(Piece& piece);
  void write_inode(Piece& piece);
  [[nodiscard]] bool try_inode(const Piece& piece, bool inline_tail);
  void tail_to_block(plan::Segment& segment);

  Context& context_;
  Packed& packed_;
  tree::NodeId id_;
  Dedupe* dedupe_;
  bool started_ = false;
  std::uint64_t first_ = 0;   // first block
  std::uint64_t stored_ = 0;  // bytes of blocks
  std::vector<plan::Extent> extents_;
};

// Writes the inode of a file of which all is a fragment at `start`.
void write_fragment_inode(Context& context, tree::NodeId id,
                          std::uint64_t start);

}  // namespace erofs::emit

#endif  // EROFS_EMIT_CLUSTERS_H_
