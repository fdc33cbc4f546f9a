// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "check/phases.h"
#include "check/storage.h"
#include "format/inode.gen.h"
#include "format/superblock.gen.h"

namespace erofs::check {
namespace {

using Compact = format::InodeCompactView;
using Extended = format::InodeExtendedView;
using Super = format::SuperblockView;
using format::ModeType;

Place super_field(std::size_t at) noexcept {
  return Place{Place::kPrimary, format::kSuperblockOffset + at};
}

// Where the body of an inode lies that was loaded before.
Place body_at(const Context& ctx, std::uint64_t nid) noexcept {
  const bool metabox = (nid & format::kMetaboxNidBit) != 0;
  return {metabox ? Place::kMetabox : Place::kPrimary,
          ctx.volume.geometry().inode_at(nid).value_or(0)};
}

// Where the link count of an inode is stored.
Place nlink_at(Place body, bool extended) noexcept {
  return body.plus(extended ? Extended::kINlinkAt : Compact::kINbAt);
}

void wrong_links(Context& ctx, std::uint64_t nid, Place at,
                 std::uint64_t stored, bool excess) {
  ctx.nid = nid;
  ctx.find(excess ? RuleId::inode_nlink_excess : RuleId::inode_nlink_match, at,
           stored);
}

void features(Context& ctx) {
  const format::Features& set = ctx.volume.geometry().features;
  const Place at = super_field(Super::kFeatureIncompatAt);
  if (ctx.chunked.used && !set.incompat_has(format::incompat::kChunkedFile)) {
    ctx.nid = ctx.chunked.nid;
    ctx.find(RuleId::superblock_feature_chunked, at, set.incompat);
  }
  if (ctx.beyond_32.used && !set.incompat_has(format::incompat::k48bit)) {
    ctx.nid = ctx.beyond_32.nid;
    ctx.find(RuleId::superblock_feature_48bit, at, set.incompat);
  }
}

void links(Context& ctx, const NodeInfo& info) {
  const bool directory =
      info.type == static_cast<std::uint8_t>(ModeType::kDirectory);
  if (info.type == 0 || directory || info.seen == 0) return;
  if (info.seen > 1) ++ctx.report.inventory.hard_linked;
  // A count of zero breaks a rule of its own.
  if (!ctx.complete || info.nlink == 0 || info.nlink == info.seen) return;
  wrong_links(ctx, info.nid, nlink_at(body_at(ctx, info.nid), info.extended),
              info.nlink, info.nlink > info.seen);
}

// Inodes that share their i_ino, each but the first of its number.
void unique_ino(Context& ctx) {
  struct Numbered {
    std::uint64_t nid;
    std::uint32_t ino;
  };
  std::vector<Numbered> all;
  const Place at = super_field(0);
  ctx.nodes.each([&](const NodeInfo& info) {
    if (info.type == 0 || ctx.stopped) return;
    static_cast<void>(
        ctx.ok(push(all, Numbered{info.nid, info.ino}, ctx.budget, at)));
  });
  std::sort(all.begin(), all.end(), [](const Numbered& a, const Numbered& b) {
    return a.ino != b.ino ? a.ino < b.ino : a.nid < b.nid;
  });
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (all[i].ino != all[i - 1].ino) continue;
    ctx.nid = all[i].nid;
    ctx.find(RuleId::inode_ino_unique,
             body_at(ctx, all[i].nid).plus(Compact::kIInoAt), all[i].ino);
  }
  ctx.budget.release_memory(all.capacity() * sizeof(Numbered));
}

}  // namespace

void directory_links(Context& ctx, const read::Node& node,
                     std::uint64_t subdirectories) {
  // One stands for a count that does not fit, or that nobody kept.
  const decode::Inode& inode = node.inode();
  if (inode.nlink == 0 || inode.nlink == 1 ||
      inode.nlink == subdirectories + 2) {
    return;
  }
  wrong_links(ctx, node.nid, nlink_at(node.at, inode.extended), inode.nlink,
              false);
}

void tree(Context& ctx) {
  features(ctx);
  ctx.nodes.each([&](const NodeInfo& info) {
    links(ctx, info);
    if (info.special && info.seen != 0) {
      ctx.nid = info.nid;
      ctx.find(RuleId::tree_special_unlinked, body_at(ctx, info.nid), info.nid);
    }
  });
  ctx.nid.reset();
  if (!ctx.complete) return;
  unique_ino(ctx);
  ctx.nid.reset();
  if (ctx.volume.superblock().inos != ctx.nodes.size()) {
    ctx.find(RuleId::superblock_inos_match, super_field(Super::kInosAt),
             ctx.volume.superblock().inos);
  }
}

}  // namespace erofs::check
