// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/clusters.h"

#include <algorithm>
#include <cstring>

#include "base/checked.h"
#include "emit/flat.h"
#include "emit/inode.h"
#include "format/features.gen.h"
#include "plan/cluster_header.h"
#include "plan/codec_records.h"
#include "plan/index_records.h"

namespace erofs::emit {
namespace {

constexpr std::uint32_t kLine = 32;

bool apart(plan::Form form) {
  return form == plan::Form::kInline || form == plan::Form::kInlineRaw;
}

plan::InodeData data_of(format::Layout layout, std::uint64_t blocks) {
  plan::InodeData data;
  data.layout = layout;
  data.i_u = static_cast<std::uint32_t>(blocks);
  data.high = static_cast<std::uint16_t>(blocks >> 32);
  return data;
}

}  // namespace

void ClusterFile::add(Piece& piece) {
  if (dedupe_ != nullptr) dedupe_->encode(piece);
  if (!piece.segment) {
    if (piece.trouble) context_.fail(*piece.trouble);
    return;
  }
  plan::Segment& segment = *piece.segment;
  const std::uint64_t block_size = context_.block_size();
  const std::uint64_t block =
      context_.space->blocks(segment.stored.size() / block_size);
  if (!started_) first_ = block;
  started_ = true;
  context_.blocks.data(block * block_size, ByteView(segment.stored));
  stored_ += segment.stored.size();
  for (plan::Extent& extent : segment.extents) {
    if (extent.form == plan::Form::kFragment) continue;
    if (extent.shared) context_.facts.incompat |= format::incompat::kDedupe;
    if (!apart(extent.form) && !extent.shared)
      extent.start += block * block_size;
  }
  extents_.insert(extents_.end(), segment.extents.begin(),
                  segment.extents.end());
  if (piece.last) finish(piece);
}

// Whether it takes less room than the bytes as they are.
bool ClusterFile::gains(const Piece& piece) const {
  const std::uint64_t size = context_.node(id_).size;
  const plan::Form last = extents_.back().form;
  if (last == plan::Form::kFragment) return true;
  plan::MapFacts facts;
  facts.size = size;
  facts.block_bits = context_.options.block_bits;
  std::uint64_t bytes = stored_ + plan::compact_index_size(facts);
  if (apart(last)) bytes += piece.segment->tail.size();
  return bytes < size;
}

void ClusterFile::finish(Piece& piece) {
  const bool flat = !gains(piece);
  if (dedupe_ != nullptr) flat ? dedupe_->revoke() : dedupe_->keep();
  if (flat) return write_flat(piece);
  if (extents_.back().form == plan::Form::kFragment) {
    extents_.back().start = packed_.put(ByteView(piece.segment->tail));
    if (extents_.size() == 1) {
      return write_fragment_inode(context_, id_, extents_.back().start);
    }
  }
  write_inode(piece);
}

void ClusterFile::write_flat(Piece& piece) {
  context_.space->give_back(first_);
  context_.blocks.take_back(first_ * context_.block_size());
  const tree::Node& node = context_.node(id_);
  FlatFile flat(context_, id_, node.size, context_.options.inline_data);
  if (piece.begin == 0) return flat.add(piece.bytes());
  // The segments before this one are gone: they are read again.
  std::vector<std::byte> bytes;
  constexpr std::uint64_t kPiece = 8U << 20;
  for (std::uint64_t at = 0; at < node.size; at += kPiece) {
    bytes.resize(static_cast<std::size_t>(std::min(kPiece, node.size - at)));
    const Status got =
        node.content ? node.content->read(at, MutableBytes(bytes)) : Status();
    if (!got) {
      const int error = static_cast<int>(got.error().value);
      return context_.fail(
          {path_of(context_.tree, id_),
           std::string("cannot be read again: ") + std::strerror(error),
           error});
    }
    flat.add(ByteView(bytes));
  }
}

void ClusterFile::write_inode(Piece& piece) {
  using namespace format::incompat;
  context_.facts.incompat |= kLz40padding;
  const plan::Form last = extents_.back().form;
  if (last == plan::Form::kFragment) context_.facts.incompat |= kFragments;
  if (apart(last)) {
    // Indexes cannot name blocks beyond 2^32, and records no such tail.
    if (!context_.high && try_inode(piece, true)) {
      context_.facts.incompat |= kZtailpacking;
      return;
    }
    tail_to_block(*piece.segment);
  }
  if (!try_inode(piece, false)) context_.fail({"the image", "is full", 0});
}

// A tail that finds no place behind its inode becomes a block: as it is
// where that is enough, for kernels want no stream longer than its content.
void ClusterFile::tail_to_block(plan::Segment& segment) {
  const std::uint64_t block_size = context_.block_size();
  plan::Extent& last = extents_.back();
  const bool raw = last.length <= block_size;
  std::vector<std::byte> block(static_cast<std::size_t>(block_size));
  const std::vector<std::byte>& bytes = raw && last.form == plan::Form::kInline
                                            ? segment.tail_plain
                                            : segment.tail;
  MutableBytes room(block);
  if (!raw) room = room.tail(block_size - bytes.size());
  room.copy_from(ByteView(bytes));
  last.form = raw ? plan::Form::kRaw : plan::Form::kEncoded;
  last.stored = static_cast<std::uint32_t>(block_size);
  last.start = context_.space->blocks(1) * block_size;
  context_.blocks.data(last.start, ByteView(block));
  stored_ += block_size;
}

bool ClusterFile::try_inode(const Piece& piece, bool inline_tail) {
  const Options& options = context_.options;
  Inode inode(context_, id_, context_.node(id_).size);
  plan::MapFacts facts;
  facts.size = context_.node(id_).size;
  facts.block_bits = options.block_bits;
  facts.algorithm = static_cast<std::uint8_t>(
      plan::algorithm_of(options.methods[piece.choice.method].method));
  facts.big = piece.choice.pcluster > context_.block_size();
  facts.header_at =
      static_cast<std::uint32_t>(inode.front(plan::kMapAlign) % kLine);
  const MapForm form = form_of(facts);
  const ByteView tail =
      inline_tail ? ByteView(piece.segment->tail) : ByteView();
  Behind behind;
  behind.align = plan::kMapAlign;
  behind.table = form == MapForm::kCompact ? plan::compact_index_size(facts)
                 : form == MapForm::kFull  ? plan::full_index_size(facts)
                                          : plan::records_size(extents_, facts);
  behind.tail = tail.size();
  if (!inode.place(behind)) return false;
  context_.nids[id_] = inode.nid();
  const auto table =
      form == MapForm::kCompact ? plan::compact_index(extents_, facts)
      : form == MapForm::kFull  ? plan::full_index(extents_, facts)
                                : plan::extent_records(extents_, facts);
  inode.write(
      data_of(form == MapForm::kCompact ? format::Layout::kCompressedCompact
                                        : format::Layout::kCompressedFull,
              stored_ / context_.block_size()),
      ByteView(table), tail);
  return true;
}

// Records where the image may have them and they take no more than the index
// that any extents can have.
ClusterFile::MapForm ClusterFile::form_of(const plan::MapFacts& facts) const {
  const Options& options = context_.options;
  if (options.wide && plan::records_can(extents_) &&
      (context_.high ||
       plan::records_size(extents_, facts) <= plan::full_index_size(facts))) {
    return MapForm::kRecords;
  }
  return !options.legacy_index &&
                 plan::compact_can(extents_, options.block_bits)
             ? MapForm::kCompact
             : MapForm::kFull;
}

void write_fragment_inode(Context& context, tree::NodeId id,
                          std::uint64_t start) {
  using namespace format::incompat;
  context.facts.incompat |= kLz40padding | kFragments;
  Inode inode(context, id, context.node(id).size);
  const auto header = plan::fragment_header(start);
  if (!inode.place({.table = header.size(), .align = plan::kMapAlign})) return;
  context.nids[id] = inode.nid();
  inode.write(data_of(format::Layout::kCompressedFull, 0), ByteView(header),
              ByteView());
}

}  // namespace erofs::emit
