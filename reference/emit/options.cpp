// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/options.h"

#include "format/limits.gen.h"

namespace erofs::emit {
namespace {

constexpr std::size_t kLabelMax = 16;
// The chunk format has five bits for the blocks of a chunk.
constexpr unsigned kChunkBitsMax = 31;

const char* bad_pcluster(const Options& options, std::uint32_t bytes) {
  if (bytes == 0) return nullptr;
  if (bytes % (1U << options.block_bits) != 0) {
    return "a physical cluster is a multiple of the block size";
  }
  if (bytes > format::kPclusterMax) {
    return "a physical cluster has at most 1 MiB";
  }
  // An index entry counts up to 2047 blocks.
  if (bytes >> options.block_bits > format::kDeltaMax) {
    return "a physical cluster has at most 2047 blocks";
  }
  return nullptr;
}

const char* bad_compression(const Options& options) {
  for (const compress::Settings& each : options.methods) {
    if (const char* reason = compress::complaint(each)) return reason;
  }
  if (options.methods.empty()) {
    return options.fragments || options.all_fragments || options.ztailpacking ||
                   options.dedupe || options.pack_directories
               ? "packing and sharing of clusters needs a compressor"
               : nullptr;
  }
  if (options.extent_max != 0 &&
      options.extent_max < (1U << options.block_bits)) {
    return "an extent has at least one block";
  }
  if (options.extent_max > format::kExtentMax) {
    return "an extent has at most 12 MiB";
  }
  if ((options.fragments || options.all_fragments ||
       options.pack_directories) &&
      options.packed == nullptr) {
    return "fragments need somewhere to be kept meanwhile";
  }
  if (const char* reason = bad_pcluster(options, options.pcluster)) {
    return reason;
  }
  for (const std::uint32_t bytes :
       {options.packed_pcluster, options.metabox_pcluster,
        options.pcluster_most}) {
    if (const char* reason = bad_pcluster(options, bytes)) return reason;
  }
  if (options.metabox != nullptr &&
      options.metabox_method >= options.methods.size()) {
    return "the metabox names a compressor that is not there";
  }
  return nullptr;
}

}  // namespace

const char* complaint(const Options& options) {
  if (options.block_bits < format::kMinBlockBits ||
      options.block_bits > format::kMaxBlockBits) {
    return "a block has 512 bytes to 64 KiB";
  }
  if (options.align_blocks == 0) return "an image has a whole block at least";
  if (options.label.size() > kLabelMax) return "a label has at most 16 bytes";
  if (options.chunk_bits != 0) {
    if (options.chunk_bits < options.block_bits) {
      return "a chunk is no smaller than a block";
    }
    if (options.chunk_bits - options.block_bits > kChunkBitsMax) {
      return "a chunk has at most 2^31 blocks";
    }
    if (!options.methods.empty()) {
      return "chunks are not compressed: choose one of the two";
    }
  }
  if (options.archive_bytes != 0 &&
      (options.chunk_bits != 0 || !options.methods.empty() ||
       options.blob != nullptr)) {
    return "what stays in an archive is neither compressed nor in chunks of "
           "another size";
  }
  if (options.blob != nullptr && options.chunk_bits == 0) {
    return "a blob device holds chunks: give their size";
  }
  if (!options.wide && (options.dot_omitted || options.metabox != nullptr)) {
    return "a metabox and directories without \".\" need the feature 48bit";
  }
  return bad_compression(options);
}

}  // namespace erofs::emit
