// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_RANGE_H_
#define EROFS_CHECK_RANGE_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace erofs::check {

// What bytes are. Where several things claim a byte, it is the first of them.
enum class RangeKind : std::uint8_t {
  // Metadata. Nothing else may lie there.
  kSuperblock,  // with its extension slots
  kCodecRecord,
  kDeviceTable,
  kPrefixTable,
  kSharedXattr,     // owner: the shared id
  kInode,           // the body; owner, of this and the following: the nid
  kInlineXattr,     // the attribute area behind the body
  kInlineTail,      // of flat inline content
  kInlineCluster,   // of compressed content
  kChunkTable,      //
  kClusterMap,      // header, and index or records
  kMetaboxContent,  // stored content of the metabox inode
  kDirectory,       // blocks of a directory
  // Content. It may share bytes with other content.
  kData,           // stored as it is, of inodes that are not compressed
  kRawCluster,     // stored as it is, of those that are
  kCluster,        // a stream
  kPackedContent,  // stored content of the packed inode
  kFragment,       // within the packed inode
  kClusterSlack,   // of a raw cluster, behind what is content of it
  // What remains.
  kBootArea,        // in front of the superblock
  kContentPadding,  // behind content, up to the end of its block
  kPadding,         // of blocks in which there is something
  kUnreferenced,    // blocks in which there is nothing
  kBehindEnd,       // behind the last block that the superblock counts
};
inline constexpr std::size_t kRangeKinds =
    static_cast<std::size_t>(RangeKind::kBehindEnd) + 1;

[[nodiscard]] constexpr bool is_content(RangeKind kind) noexcept {
  return kind >= RangeKind::kData && kind <= RangeKind::kClusterSlack;
}
// Whether the owner is a nid.
[[nodiscard]] constexpr bool of_an_inode(RangeKind kind) noexcept {
  return kind >= RangeKind::kInode && kind <= RangeKind::kClusterSlack;
}

// Bytes of a space that something refers to. As there are many of them, a
// long one is several.
struct Range {
  static constexpr std::uint64_t kLongest = std::uint64_t{1} << 31;

  std::uint64_t begin = 0;
  std::uint64_t owner = 0;
  std::uint32_t length = 0;      // at most kLongest
  std::uint32_t space : 24 = 0;  // as in Place
  RangeKind kind : 8 = RangeKind::kData;

  [[nodiscard]] std::uint64_t end() const noexcept { return begin + length; }
};

// Bytes [begin, end) of a space, which are of one kind.
struct Piece {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::uint64_t owner = 0;  // 0 where the kind has none
  std::uint64_t uses = 0;   // references to them, where they were counted
  std::uint64_t users = 0;  // inodes these come from
  std::uint32_t space = 0;
  RangeKind kind = RangeKind::kUnreferenced;

  [[nodiscard]] std::uint64_t length() const noexcept { return end - begin; }
};

// Bytes of a space by kind; their sum is its size.
struct Usage {
  std::array<std::uint64_t, kRangeKinds> bytes{};

  void note(const Piece& piece) noexcept {
    (*this)[piece.kind] += piece.length();
  }
  [[nodiscard]] std::uint64_t& operator[](RangeKind kind) noexcept {
    return bytes[static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] std::uint64_t operator[](RangeKind kind) const noexcept {
    return bytes[static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] std::uint64_t sum() const noexcept {
    std::uint64_t total = 0;
    for (const std::uint64_t each : bytes) total += each;
    return total;
  }
};

}  // namespace erofs::check

#endif  // EROFS_CHECK_RANGE_H_
