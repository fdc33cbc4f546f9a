// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/flat.h"

#include "base/checked.h"
#include "format/limits.gen.h"
#include "plan/inode_shape.h"

namespace erofs::emit {

FlatFile::FlatFile(Context& context, tree::NodeId id, std::uint64_t size,
                   bool inlined)
    : context_(context), inode_(context, id, size), size_(size) {
  const std::uint64_t end = size % context.block_size();
  if (inlined && end != 0 && inode_.place({.tail = end})) {
    tail_ = end;
  } else if (!inode_.place({})) {
    return;  // a head alone always has room
  }
  const std::uint64_t blocks =
      checked::ceil_div(size - tail_, context.block_size());
  if (blocks != 0) block_ = context.space->blocks(blocks);
  context.nids[id] = inode_.nid();
  if (size == 0) add(ByteView());
}

void FlatFile::add(ByteView bytes) {
  const std::uint64_t block_size = context_.block_size();
  const std::uint64_t in_blocks = size_ - tail_;
  ByteView tail;
  if (done_ + bytes.size() > in_blocks) {
    tail = bytes.from(in_blocks - done_).value_or(ByteView());
    bytes = bytes.head(in_blocks - done_);
  }
  if (!bytes.empty()) {
    context_.blocks.data(block_ * block_size + done_, bytes);
    const std::uint64_t past = bytes.size() % block_size;
    if (past != 0) {
      const std::vector<std::byte> zeros(
          static_cast<std::size_t>(block_size - past));
      context_.blocks.data(block_ * block_size + done_ + bytes.size(),
                           ByteView(zeros));
    }
  }
  done_ += bytes.size() + tail.size();
  if (done_ < size_) return;
  plan::InodeData data;
  data.layout =
      tail_ != 0 ? format::Layout::kFlatInline : format::Layout::kFlatPlain;
  data.i_u = static_cast<std::uint32_t>(block_);
  data.high = static_cast<std::uint16_t>(block_ >> 32);
  inode_.write(data, ByteView(), tail);
}

void write_special(Context& context, tree::NodeId id) {
  const tree::Node& node = context.tree.at(id);
  if (node.type == tree::Type::kLnk) {
    FlatFile file(context, id, node.target.size(), true);
    file.add(ByteView::of_text(node.target));
    return;
  }
  plan::InodeData data;
  if (node.type == tree::Type::kChr || node.type == tree::Type::kBlk) {
    if (!plan::device_fits(node.rdev_major, node.rdev_minor)) {
      context.fail({path_of(context.tree, id),
                    "has a device number beyond 12 and 20 bits", 0});
    }
    data.i_u = plan::device_number(node.rdev_major, node.rdev_minor);
  }
  Inode inode(context, id, 0);
  if (!inode.place({})) return;
  context.nids[id] = inode.nid();
  inode.write(data, ByteView(), ByteView());
}

}  // namespace erofs::emit
