// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_PHASES_H_
#define EROFS_CHECK_PHASES_H_

#include <cstdint>
#include <string_view>

#include "check/checker.h"
#include "check/context.h"
#include "decode/xattr.h"
#include "map/map.h"
#include "read/node.h"

// One function an area. Each adds findings to the context's report, records
// the ranges it comes across, and goes on after a fault.
namespace erofs::check {

// Before the walk: the image as a whole.
void superblock(Context& ctx);
void device(Context& ctx);
void codecs(Context& ctx);
void xattr_prefixes(Context& ctx);

// Every inode that is reached, special ones included, once.
void walk(Context& ctx);

// One inode: all that is to be said about it but directory entries.
void inode(Context& ctx, const read::Node& node);
void inventory(Context& ctx, const read::Node& node);
void xattrs(Context& ctx, const read::Node& node);
// What of it a user should know of: the inode itself, one of its attributes,
// the target of a link. Only where the subject of findings has a path.
void hazards(Context& ctx, const read::Node& node);
void hazard_xattr(Context& ctx, const read::Node& node,
                  const XattrFacts& facts);
void hazard_link(Context& ctx, const read::Node& node, std::string_view target);
// Places of all content; false where some of it has none.
bool content(Context& ctx, const read::Node& node);
// The table of a chunk-based inode, entry by entry.
void chunks(Context& ctx, const read::Node& node, map::ChunkTable& table);
// The map of a compressed inode and all that it leads to; false where some
// content has no place.
bool clusters(Context& ctx, const read::Node& node, map::ClusterMap& map);
// An inode of a compressed layout that has none.
void empty_clusters(Context& ctx, const read::Node& node);
// Its index, entry by entry, or its records.
void cluster_index(Context& ctx, const read::Node& node,
                   const decode::ClusterHeader& header,
                   map::ClusterIndex& index);
void cluster_records(Context& ctx, const decode::ClusterHeader& header,
                     map::ClusterRecords& records);
// Of a symbolic link whose content could be mapped.
void link_target(Context& ctx, const read::Node& node);

// One stored attribute: the rules that need nothing but the entry.
[[nodiscard]] XattrVerdict xattr_entry(Context& ctx,
                                       const decode::XattrEntry& entry);
// One attribute on the inode that carries it.
void xattr_on_inode(Context& ctx, const decode::Inode& inode,
                    const XattrFacts& facts);
// The value of an access control list that stands at `at`.
void acl(Context& ctx, ByteView value, Place at);

// After the walk: what needs the whole image.
void tree(Context& ctx);
void features_in_use(Context& ctx);
void codecs_in_use(Context& ctx);
// Called when all of a directory has been listed.
void directory_links(Context& ctx, const read::Node& node,
                     std::uint64_t subdirectories);
// What ctx.kernel lacks, if there is one.
void kernel(Context& ctx);
// Physical clusters that are taken in several ways.
void cluster_forms(Context& ctx);
void space(Context& ctx);
// Part of space(): whether a device is mapped over metadata.
void device_windows(Context& ctx);
// Part of space(): what each byte is, and whether one that is nothing has
// a value. Needs all ranges.
void every_byte(Context& ctx);
// Whether the image is something else for other programs.
void magics(Context& ctx);
// Gives paths to findings that have none.
void paths(Context& ctx);

}  // namespace erofs::check

#endif  // EROFS_CHECK_PHASES_H_
