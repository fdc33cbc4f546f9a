// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_RANGE_NAMES_H_
#define EROFS_REPORT_RANGE_NAMES_H_

#include <array>
#include <string_view>

#include "check/range.h"

namespace erofs::report {

// What bytes are, in JSON and for people.
struct RangeName {
  check::RangeKind kind;
  std::string_view key;
  std::string_view text;
  char mark;  // in a usage bar; kinds with the same one are one use
};

// In the order of check::RangeKind, which stands at its own index.
inline constexpr std::array<RangeName, check::kRangeKinds> kRangeNames = {{
    {check::RangeKind::kSuperblock, "superblock", "superblock", 'S'},
    {check::RangeKind::kCodecRecord, "codec_record", "codec record", 'S'},
    {check::RangeKind::kDeviceTable, "device_slot", "device slots", 'S'},
    {check::RangeKind::kPrefixTable, "xattr_prefix", "xattr prefixes", 'x'},
    {check::RangeKind::kSharedXattr, "shared_xattr", "shared xattr", 'x'},
    {check::RangeKind::kInode, "inode", "inode", 'i'},
    {check::RangeKind::kInlineXattr, "inline_xattr", "inline xattrs", 'x'},
    {check::RangeKind::kInlineTail, "inline_tail", "inline tail", 't'},
    {check::RangeKind::kInlineCluster, "inline_cluster", "inline cluster", 't'},
    {check::RangeKind::kChunkTable, "chunk_table", "chunk table", 'c'},
    {check::RangeKind::kClusterMap, "cluster_map", "cluster map", 'c'},
    {check::RangeKind::kMetaboxContent, "metabox", "metabox content", 'm'},
    {check::RangeKind::kDirectory, "directory", "directory", 'd'},
    {check::RangeKind::kData, "data", "data", '#'},
    {check::RangeKind::kRawCluster, "raw_cluster", "raw cluster", '#'},
    {check::RangeKind::kCluster, "cluster", "cluster", '#'},
    {check::RangeKind::kPackedContent, "packed", "packed content", '#'},
    {check::RangeKind::kFragment, "fragment", "fragment", '#'},
    {check::RangeKind::kClusterSlack, "cluster_slack", "cluster slack", '.'},
    {check::RangeKind::kBootArea, "boot_area", "boot area", 'b'},
    {check::RangeKind::kContentPadding, "content_padding", "content padding",
     '.'},
    {check::RangeKind::kPadding, "padding", "padding", '.'},
    {check::RangeKind::kUnreferenced, "unreferenced", "unreferenced", '?'},
    {check::RangeKind::kBehindEnd, "behind_end", "behind the end", '>'},
}};

[[nodiscard]] constexpr const RangeName& range_name(
    check::RangeKind kind) noexcept {
  return kRangeNames[static_cast<std::size_t>(kind)];
}

}  // namespace erofs::report

#endif  // EROFS_REPORT_RANGE_NAMES_H_
