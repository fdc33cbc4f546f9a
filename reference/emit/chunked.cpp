// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/chunked.h"

#include <algorithm>
#include <cstring>

#include "base/checked.h"
#include "emit/inode.h"
#include "format/features.gen.h"
#include "format/limits.gen.h"

namespace erofs::emit {
namespace {

// The device of Options::blob.
constexpr std::uint16_t kBlobDevice = 1;

}  // namespace

std::uint64_t ChunkStore::put(const Digest& digest, ByteView bytes) {
  const auto known = known_.find({digest, bytes.size()});
  if (known != known_.end()) return known->second;
  const std::uint64_t block_size = context_.block_size();
  const std::uint64_t blocks = checked::ceil_div(bytes.size(), block_size);
  const std::vector<std::byte> zeros(
      static_cast<std::size_t>(blocks * block_size - bytes.size()));
  std::uint64_t first = 0;
  if (image::Target* blob = context_.options.blob; blob != nullptr) {
    first = context_.blob_blocks;
    context_.blob_blocks += blocks;
    int error = blob->write(first * block_size, bytes);
    if (error == 0 && !zeros.empty()) {
      error = blob->write(first * block_size + bytes.size(), ByteView(zeros));
    }
    if (error != 0) {
      context_.fail({"the blob device",
                     std::string("cannot be written: ") + std::strerror(error),
                     error});
    }
  } else {
    first = context_.space->blocks(blocks);
    context_.blocks.data(first * block_size, bytes);
    context_.blocks.data(first * block_size + bytes.size(), ByteView(zeros));
  }
  known_.emplace(std::pair{digest, bytes.size()}, first);
  return first;
}

void ChunkedFile::add(const Piece& piece) {
  const std::uint64_t size = std::uint64_t{1} << piece.choice.chunk_bits;
  const ByteView all = piece.bytes();
  std::uint64_t at = 0;
  for (const auto& digest : piece.digests) {
    plan::Chunk chunk;
    if (digest) {
      const ByteView bytes = all.from(at).value_or(ByteView()).head(size);
      chunk.block = store_.put(*digest, bytes);
    }
    chunks_.push_back(chunk);
    at += size;
  }
  if (piece.last) finish(piece);
}

void ChunkedFile::finish(const Piece& piece) {
  const Options& options = context_.options;
  plan::ChunkOptions how;
  how.chunk_bits = piece.choice.chunk_bits - options.block_bits;
  how.indexes = options.chunk_indexes;
  how.device = options.blob != nullptr ? kBlobDevice : std::uint16_t{0};
  const std::uint64_t end =
      std::max(context_.space->end(), context_.blob_blocks);
  if (end >> 32 != 0 && !options.wide) {
    return context_.fail({path_of(context_.tree, id_),
                          "has chunks beyond 2^32 blocks, which need larger "
                          "blocks or the feature 48bit",
                          0});
  }
  const plan::ChunkTable table = plan::chunk_table(chunks_, how);
  context_.facts.incompat |= format::incompat::kChunkedFile;
  Inode inode(context_, id_, context_.node(id_).size);
  if (!inode.place({.table = table.bytes.size(), .align = table.align})) return;
  context_.nids[id_] = inode.nid();
  plan::InodeData data;
  data.layout = format::Layout::kChunkBased;
  data.i_u = table.format;
  inode.write(data, ByteView(table.bytes), ByteView());
}

}  // namespace erofs::emit
