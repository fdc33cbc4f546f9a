// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/write_image.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>

#include "emit/archived.h"
#include "emit/chunked.h"
#include "emit/clusters.h"
#include "emit/dedupe.h"
#include "emit/directories.h"
#include "emit/feed.h"
#include "emit/flat.h"
#include "emit/holes.h"
#include "emit/inode.h"
#include "emit/load.h"
#include "emit/metabox.h"
#include "emit/packed.h"
#include "emit/prepare.h"
#include "emit/seal.h"
#include "emit/stream.h"

namespace erofs::emit {
namespace {

// Takes pieces in the order of the tree and gives each file its place.
class Placer {
 public:
  Placer(Context& context, Loader& loader)
      : context_(context), chunks_(context), packed_(context) {
    if (context.options.dedupe) dedupe_.emplace(context, loader);
    packed_.begin();
  }

  void take(Piece& piece);
  // What all files share and only then is complete.
  void finish(Loader& loader) {
    pack_directories(context_, packed_);
    packed_.finish(loader);
  }

 private:
  void take_flat(const Piece& piece);

  Context& context_;
  ChunkStore chunks_;
  Packed packed_;
  std::optional<Dedupe> dedupe_;
  // The file whose pieces arrive.
  std::optional<FlatFile> flat_;
  std::optional<ChunkedFile> chunked_;
  std::optional<ClusterFile> clusters_;
};

void Placer::take_flat(const Piece& piece) {
  if (!flat_) {
    flat_.emplace(context_, piece.node, context_.node(piece.node).size,
                  context_.options.inline_data);
  }
  flat_->add(piece.bytes());
  if (piece.last) flat_.reset();
}

void Placer::take(Piece& piece) {
  switch (piece.way) {
    case Way::kDirectory:
      reserve_directory(context_, piece.node);
      break;
    case Way::kSpecial:
      write_special(context_, piece.node);
      break;
    case Way::kArchived:
      write_archived(context_, piece.node);
      break;
    case Way::kHoles:
      write_holes(context_, piece.node);
      break;
    case Way::kFlat:
      take_flat(piece);
      break;
    case Way::kChunks:
      if (!chunked_) chunked_.emplace(context_, chunks_, piece.node);
      chunked_->add(piece);
      if (piece.last) chunked_.reset();
      break;
    case Way::kClusters:
      if (!clusters_) {
        clusters_.emplace(context_, packed_, piece.node,
                          dedupe_ ? &*dedupe_ : nullptr);
      }
      clusters_->add(piece);
      if (piece.last) clusters_.reset();
      break;
    case Way::kPacked:
      packed_.add_file(piece);
      break;
  }
}

void place_all(Context& context, Loader& loader) {
  Feed feed(context);
  Placer placer(context, loader);
  std::uint64_t done = 0;
  Stream stream;
  stream.next = [&] { return feed.next(); };
  stream.take = [&](Piece& piece) {
    placer.take(piece);
    done += piece.end - piece.begin;
  };
  stream.done = [&] {
    if (context.options.progress) {
      context.options.progress(done, feed.total());
    }
  };
  run_stream(context, loader, stream);
  if (!context.failed()) placer.finish(loader);
}

tree::Outcome<Written> outcome_of(const Context& context) {
  if (context.trouble) return tl::unexpected(*context.trouble);
  if (const int error = context.blocks.error(); error != 0) {
    return tree::trouble(
        "the image", std::string("cannot be written: ") + std::strerror(error),
        error);
  }
  Written out;
  out.bytes = context.space->end() * context.block_size();
  out.blob_bytes = context.blob_blocks * context.block_size();
  out.inodes = context.facts.inodes;
  out.uuid = context.facts.uuid;
  return out;
}

}  // namespace

tree::Outcome<Written> write_image(const tree::Tree& tree,
                                   const Options& options,
                                   image::Target& target) {
  Options how = options;
  if (how.pcluster == 0) how.pcluster = 1U << how.block_bits;
  if (how.packed_pcluster == 0) how.packed_pcluster = how.pcluster;
  if (how.metabox_pcluster == 0) how.metabox_pcluster = how.pcluster;
  if (const char* reason = complaint(how)) {
    return tree::trouble("the options", reason);
  }
  for (compress::Settings& method : how.methods) {
    method.largest_out = std::max({how.pcluster, how.packed_pcluster,
                                   how.metabox_pcluster, how.pcluster_most});
    method = compress::settled(method);
  }
  Context context(tree, how, target);
  prepare(context);
  if (context.failed()) return outcome_of(context);
  Loader loader(context);
  place_all(context, loader);
  if (context.failed()) return outcome_of(context);
  Blocks& inodes = context.box ? context.box->blocks : context.blocks;
  inodes.flush();
  write_directories(context);
  if (context.box && !context.failed()) write_metabox(context, loader);
  context.blocks.flush();
  if (!context.failed()) seal(context, target);
  return outcome_of(context);
}

}  // namespace erofs::emit
