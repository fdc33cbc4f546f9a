// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/directories.h"

#include <algorithm>
#include <vector>

#include "emit/inode.h"
#include "format/features.gen.h"
#include "format/limits.gen.h"
#include "plan/bytes_out.h"
#include "plan/cluster_header.h"
#include "plan/directory_blocks.h"

namespace erofs::emit {
namespace {

using plan::DirectoryEntry;

format::FileType file_type(tree::Type type) {
  switch (type) {
    case tree::Type::kReg:
      return format::FileType::kRegular;
    case tree::Type::kDir:
      return format::FileType::kDirectory;
    case tree::Type::kLnk:
      return format::FileType::kSymlink;
    case tree::Type::kChr:
      return format::FileType::kCharDevice;
    case tree::Type::kBlk:
      return format::FileType::kBlockDevice;
    case tree::Type::kFifo:
      return format::FileType::kFifo;
    case tree::Type::kSock:
      break;
  }
  return format::FileType::kSocket;
}

// Its entries with ".", unless it is omitted, and ".." where they sort; NIDs
// as far as known.
std::vector<DirectoryEntry> entries_of(const Context& context,
                                       tree::NodeId id) {
  const tree::Node& node = context.tree.at(id);
  std::vector<DirectoryEntry> out;
  out.reserve(node.children.size() + 2);
  const auto add = [&](std::string_view name, tree::NodeId target) {
    out.push_back(
        {name, context.nids[target], file_type(context.tree.at(target).type)});
  };
  if (!context.options.dot_omitted) add(".", id);
  add("..", node.parent);
  const auto special = static_cast<std::ptrdiff_t>(out.size());
  for (const tree::Child& child : node.children) add(child.name, child.node);
  // The children are in order; only those before them may have to move.
  const auto before = [](const DirectoryEntry& a, const DirectoryEntry& b) {
    return a.name < b.name;
  };
  std::inplace_merge(out.begin(), out.begin() + special, out.end(), before);
  return out;
}

// One that the packed inode has.
void write_packed(Context& context, const OpenDirectory& open) {
  plan::InodeData data;
  data.layout = format::Layout::kCompressedFull;
  data.dot_omitted = context.options.dot_omitted;
  Inode inode(
      context, open.node,
      plan::directory_size(entries_of(context, open.node),
                           static_cast<std::uint32_t>(context.block_size())));
  inode.write_late(open.at, data, plan::kMapAlign,
                   ByteView(plan::fragment_header(open.start)));
}

void write_directory(Context& context, const OpenDirectory& open) {
  if (open.packed) return write_packed(context, open);
  const std::uint64_t block_size = context.block_size();
  const auto entries = entries_of(context, open.node);
  auto content =
      plan::directory_bytes(entries, static_cast<std::uint32_t>(block_size));
  const std::uint64_t size = content.size();
  if (!open.tail) plan::pad_to(content, block_size);
  const ByteView all(content);
  const std::uint64_t kept = open.tail ? size % block_size : std::uint64_t{0};
  plan::InodeData data;
  data.layout =
      open.tail ? format::Layout::kFlatInline : format::Layout::kFlatPlain;
  data.i_u = static_cast<std::uint32_t>(open.block);
  data.high = static_cast<std::uint16_t>(open.block >> 32);
  data.dot_omitted = context.options.dot_omitted;
  Inode inode(context, open.node, size);
  inode.write_late(open.at, data, 1,
                   all.from(content.size() - kept).value_or(ByteView()));
  if (content.size() > kept) {
    context.blocks.data(open.block * block_size,
                        all.head(content.size() - kept));
  }
}

}  // namespace

void reserve_directory(Context& context, tree::NodeId id) {
  const std::uint64_t block_size = context.block_size();
  const std::uint64_t size = plan::directory_size(
      entries_of(context, id), static_cast<std::uint32_t>(block_size));
  OpenDirectory open;
  open.node = id;
  open.packed = context.options.pack_directories;
  Inode inode(context, id, size);
  const std::uint64_t end = size % block_size;
  if (open.packed) {
    context.facts.incompat |=
        format::incompat::kLz40padding | format::incompat::kFragments;
    const std::uint64_t header = plan::fragment_header(0).size();
    if (!inode.place({.table = header, .align = plan::kMapAlign})) return;
    inode.keep(header);
  } else {
    open.tail = end != 0 && inode.place({.tail = end});
    if (!open.tail && !inode.place({})) return;  // always has room
    const std::uint64_t blocks =
        size / block_size + (end != 0 && !open.tail ? 1 : 0);
    if (blocks != 0) open.block = context.space->blocks(blocks);
    // The blocks go out before the directory does: zeros keep its place.
    inode.keep(open.tail ? end : 0);
  }
  open.at = inode.at();
  context.nids[id] = inode.nid();
  context.directories.push_back(open);
}

void pack_directories(Context& context, Packed& packed) {
  for (OpenDirectory& open : context.directories) {
    if (!open.packed) continue;
    const auto content =
        plan::directory_bytes(entries_of(context, open.node),
                              static_cast<std::uint32_t>(context.block_size()));
    open.start = packed.append(ByteView(content));
  }
}

void write_directories(Context& context) {
  for (const OpenDirectory& open : context.directories) {
    write_directory(context, open);
  }
}

}  // namespace erofs::emit
