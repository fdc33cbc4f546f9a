// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EMIT_CONTEXT_H_
#define EROFS_EMIT_CONTEXT_H_

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "emit/blocks.h"
#include "emit/options.h"
#include "plan/space.h"
#include "plan/superblock.h"
#include "plan/xattr_names.h"
#include "plan/xattr_pool.h"
#include "tree/outcome.h"
#include "tree/tree.h"

namespace erofs::emit {

// A directory whose place is fixed and whose content waits for the NIDs of
// its children.
struct OpenDirectory {
  tree::NodeId node = 0;
  std::uint64_t at = 0;     // image byte of the inode
  std::uint64_t block = 0;  // first block of the content, if any
  bool tail = false;        // its end lies behind the inode
  bool packed = false;      // all of it lies in the packed inode ...
  std::uint64_t start = 0;  // ... from this byte on
};

// The inodes and what stands behind them, while the metabox that will hold
// them fills.
struct Box {
  Box(image::Target& target, unsigned block_bits)
      : space(block_bits, 0), blocks(target, block_bits) {}

  plan::Space space;
  Blocks blocks;
};

// An image while it is written. One thread at a time has it.
struct Context {
  Context(const tree::Tree& t, const Options& o, image::Target& target)
      : tree(t),
        options(o),
        xattrs(names, o.xattr_filter),
        blocks(target, o.block_bits) {}

  const tree::Tree& tree;
  const Options& options;
  // The packed inode and the metabox, numbered behind those of the tree.
  std::array<tree::Node, 2> own_nodes;
  plan::ImageFacts facts;
  plan::XattrNames names;
  plan::XattrPool xattrs;
  Blocks blocks;
  std::optional<plan::Space> space;
  std::optional<Box> box;
  // There may be block numbers of more than 32 bits: all inodes have room.
  bool high = false;
  std::vector<std::uint64_t> nids;  // of each node
  std::vector<OpenDirectory> directories;
  std::uint64_t blob_blocks = 0;  // of Options::blob
  // The first thing that went wrong; nothing is written after it.
  std::optional<tree::Trouble> trouble;

  [[nodiscard]] std::uint64_t block_size() const noexcept {
    return std::uint64_t{1} << options.block_bits;
  }
  [[nodiscard]] tree::NodeId packed_id() const noexcept {
    return static_cast<tree::NodeId>(tree.nodes().size());
  }
  [[nodiscard]] tree::NodeId metabox_id() const noexcept {
    return packed_id() + 1;
  }
  // Whether the inode is none of the tree's.
  [[nodiscard]] bool is_own(tree::NodeId id) const noexcept {
    return id >= packed_id();
  }
  [[nodiscard]] tree::Node& own(tree::NodeId id) noexcept {
    return own_nodes[id - packed_id()];
  }
  [[nodiscard]] const tree::Node& node(tree::NodeId id) const noexcept {
    return is_own(id) ? own_nodes[id - packed_id()] : tree.at(id);
  }
  // Whether there may be a packed inode.
  [[nodiscard]] bool packs() const noexcept {
    return options.fragments || options.all_fragments ||
           options.pack_directories;
  }
  // Whether it begins with the long prefixes: kernels before 6.17 look for
  // them there; those that know a metabox need not.
  [[nodiscard]] bool packs_prefixes() const noexcept {
    return packs() && names.prefixes() != 0 && options.metabox == nullptr;
  }
  void fail(tree::Trouble what) {
    if (!trouble) trouble = std::move(what);
  }
  [[nodiscard]] bool failed() const noexcept {
    return trouble.has_value() || blocks.error() != 0;
  }
};

}  // namespace erofs::emit

#endif  // EROFS_EMIT_CONTEXT_H_
