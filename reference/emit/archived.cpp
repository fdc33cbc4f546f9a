// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/archived.h"

#include <algorithm>
#include <bit>
#include <string>
#include <vector>

#include "base/checked.h"
#include "emit/inode.h"
#include "format/features.gen.h"
#include "format/limits.gen.h"
#include "plan/chunk_table.h"

namespace erofs::emit {
namespace {

constexpr std::uint16_t kArchiveDevice = 1;
// The chunk format has five bits for the blocks of a chunk.
constexpr unsigned kChunkBitsMax = 31;

// Why the content cannot stay where it is, or an empty string.
std::string trouble_of(const Context& context, const tree::Node& node) {
  if (!node.archived_at) {
    return "does not lie in the archive as it is: the archive is compressed, "
           "or the file is sparse in it";
  }
  if (*node.archived_at % context.block_size() != 0) {
    return "begins at byte " + std::to_string(*node.archived_at) +
           " of the archive, not at a block: the block size has to be 512";
  }
  return {};
}

}  // namespace

void write_archived(Context& context, tree::NodeId id) {
  const tree::Node& node = context.node(id);
  if (std::string reason = trouble_of(context, node); !reason.empty()) {
    return context.fail({path_of(context.tree, id), std::move(reason), 0});
  }
  const std::uint64_t first = *node.archived_at >> context.options.block_bits;
  const std::uint64_t blocks =
      checked::ceil_div(node.size, context.block_size());
  plan::ChunkOptions how;
  how.chunk_bits = std::min(kChunkBitsMax,
                            static_cast<unsigned>(std::bit_width(blocks - 1)));
  how.indexes = true;
  how.device = kArchiveDevice;
  std::vector<plan::Chunk> chunks;
  for (std::uint64_t at = 0; at < blocks;
       at += std::uint64_t{1} << how.chunk_bits) {
    chunks.push_back({.block = first + at});
  }
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
