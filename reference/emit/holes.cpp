// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/holes.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "base/checked.h"
#include "emit/inode.h"
#include "format/features.gen.h"
#include "plan/chunk_table.h"

namespace erofs::emit {
namespace {

// The chunk format has five bits for the blocks of a chunk.
constexpr unsigned kChunkBitsMax = 31;
// What nobody has to back must not fill an image: 128 PiB with 4 KiB blocks.
constexpr std::uint64_t kMostChunks = 1U << 14;

}  // namespace

void write_holes(Context& context, tree::NodeId id) {
  const tree::Node& node = context.node(id);
  const std::uint64_t blocks =
      checked::ceil_div(node.size, context.block_size());
  plan::ChunkOptions how;
  how.chunk_bits = std::min(kChunkBitsMax,
                            static_cast<unsigned>(std::bit_width(blocks - 1)));
  how.indexes = context.options.chunk_indexes;
  const std::uint64_t count =
      checked::ceil_div(blocks, std::uint64_t{1} << how.chunk_bits);
  if (count > kMostChunks) {
    return context.fail({path_of(context.tree, id),
                         "has more holes than blocks of this size hold", 0});
  }
  const std::vector<plan::Chunk> chunks(static_cast<std::size_t>(count));
  const plan::ChunkTable table = plan::chunk_table(chunks, how);
  context.facts.incompat |= format::incompat::kChunkedFile;
  Inode inode(context, id, node.size);
  if (!inode.place({.table = table.bytes.size(), .align = table.align})) return;
  context.nids[id] = inode.nid();
  plan::InodeData data;
  data.layout = format::Layout::kChunkBased;
  data.i_u = table.format;
  inode.write(data, ByteView(table.bytes), ByteView());
}

}  // namespace erofs::emit
