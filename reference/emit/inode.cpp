// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/inode.h"

#include <algorithm>

#include "format/limits.gen.h"
#include "plan/bytes_out.h"

namespace erofs::emit {
namespace {

format::ModeType mode_type(tree::Type type) {
  switch (type) {
    case tree::Type::kReg:
      return format::ModeType::kRegular;
    case tree::Type::kDir:
      return format::ModeType::kDirectory;
    case tree::Type::kLnk:
      return format::ModeType::kSymlink;
    case tree::Type::kChr:
      return format::ModeType::kCharDevice;
    case tree::Type::kBlk:
      return format::ModeType::kBlockDevice;
    case tree::Type::kFifo:
      return format::ModeType::kFifo;
    case tree::Type::kSock:
      break;
  }
  return format::ModeType::kSocket;
}

plan::InodeFacts facts_of(const Context& context, tree::NodeId id,
                          std::uint64_t size) {
  const tree::Node& node = context.node(id);
  plan::InodeFacts out;
  out.type = mode_type(node.type);
  out.permissions = node.mode;
  out.uid = node.uid;
  out.gid = node.gid;
  out.nlink = node.nlink;
  out.size = size;
  out.time = {node.mtime_sec, node.mtime_nsec};
  if (context.options.ignore_mtime) out.time = context.facts.epoch;
  out.number = id + 1;
  return out;
}

std::vector<plan::Attribute> attributes_of(const Context& context,
                                           tree::NodeId id) {
  std::vector<plan::Attribute> out;
  for (const tree::Xattr& xattr : context.node(id).xattrs) {
    out.push_back({xattr.name, xattr.value});
  }
  return out;
}

}  // namespace

std::string path_of(const tree::Tree& tree, tree::NodeId id) {
  if (id >= tree.nodes().size()) return "an inode of the image's own";
  std::string path;
  // The parent of a file is not kept: one that has it is looked for, which
  // only errors ask for.
  while (id != tree::Tree::kRoot) {
    bool found = false;
    const auto& nodes = tree.nodes();
    for (tree::NodeId up = 0; up < nodes.size() && !found; ++up) {
      for (const tree::Child& child : nodes[up].children) {
        if (child.node != id) continue;
        path.insert(0, "/" + child.name);
        id = up;
        found = true;
        break;
      }
    }
    if (!found) break;
  }
  return path.empty() ? "/" : path;
}

Inode::Inode(Context& context, tree::NodeId id, std::uint64_t size)
    : context_(context),
      boxed_(context.box && !context.is_own(id)),
      facts_(facts_of(context, id, size)),
      attributes_(attributes_of(context, id)),
      xattr_bytes_(
          static_cast<std::uint32_t>(context.xattrs.size(attributes_))) {
  const char* reason =
      plan::not_compact(facts_, context.facts.epoch, context.options.wide);
  if (context.high) reason = "may lie beyond 2^32 blocks";
  const plan::InodeForm form = context.options.inodes;
  compact_ = reason == nullptr && form != plan::InodeForm::kExtended;
  if (reason != nullptr && form == plan::InodeForm::kCompact) {
    context.fail({path_of(context.tree, id),
                  std::string("cannot have a compact inode: it ") + reason, 0});
  }
}

std::uint64_t Inode::front(unsigned align) const {
  const std::uint64_t bytes = plan::inode_size(compact_) + xattr_bytes_;
  return (bytes + align - 1) / align * align;
}

bool Inode::place(const Behind& behind) {
  align_ = behind.align;
  const auto at = space().metadata(front(align_) + behind.table, behind.tail);
  if (!at) return false;
  at_ = *at;
  return true;
}

std::uint64_t Inode::nid() const noexcept {
  return (at_ >> format::kInodeSlotBits) |
         (boxed_ ? format::kMetaboxNidBit : 0);
}

Blocks& Inode::blocks() const noexcept {
  return boxed_ ? context_.box->blocks : context_.blocks;
}

plan::Space& Inode::space() const noexcept {
  return boxed_ ? context_.box->space : *context_.space;
}

void Inode::keep(std::uint64_t behind) {
  const std::vector<std::byte> room(
      static_cast<std::size_t>(front(align_) + behind));
  blocks().metadata(at_, ByteView(room));
}

std::vector<std::byte> Inode::bytes(plan::InodeData data, unsigned align,
                                    ByteView table, ByteView tail) const {
  data.xattr_bytes = xattr_bytes_;
  std::vector<std::byte> out =
      plan::inode_bytes(facts_, data, context_.facts.epoch, compact_);
  plan::append(out, context_.xattrs.area(attributes_));
  plan::pad_to(out, align);
  plan::append(out, table.span());
  plan::append(out, tail.span());
  return out;
}

void Inode::write(const plan::InodeData& data, ByteView table, ByteView tail) {
  const auto all = bytes(data, align_, table, tail);
  blocks().metadata(at_, ByteView(all));
  blocks().close(space().closed());
}

void Inode::write_late(std::uint64_t at, const plan::InodeData& data,
                       unsigned align, ByteView behind) {
  at_ = at;
  const auto all = bytes(data, align, ByteView(), behind);
  blocks().late(at_, ByteView(all));
}

}  // namespace erofs::emit
