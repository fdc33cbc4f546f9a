// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_PLAN_EXTENT_H_
#define EROFS_PLAN_EXTENT_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace erofs::plan {

// How the bytes of an extent are kept.
enum class Form : std::uint8_t {
  kEncoded,    // one stream, in whole blocks
  kRaw,        // as they are, in one block (or, in records, in many bytes)
  kInline,     // one stream shorter than a block, behind the indexes
  kInlineRaw,  // as they are, behind the indexes
  kFragment,   // in the packed inode
};

// A run of a compressed file's bytes; extents cover the file in order.
struct Extent {
  std::uint32_t length = 0;  // bytes of the file
  std::uint32_t stored = 0;  // bytes of the image; with indexes whole blocks
  std::uint64_t start = 0;   // first byte in the image, or in the packed inode
  Form form = Form::kEncoded;
  // The pcluster decodes to more than this extent shows of it.
  bool partial = false;
  // The pcluster is another extent's: `start` is settled already.
  bool shared = false;
};

// What a piece of a file became.
struct Segment {
  std::vector<Extent> extents;  // starts count from the segment's first block
  // The physical clusters, one behind the other, padded to whole blocks.
  std::vector<std::byte> stored;
  // The last extent where it is kept apart from them: its stream for
  // kInline, its bytes for kInlineRaw and kFragment.
  std::vector<std::byte> tail;
  // kInline: the decoded bytes, should the stream find no place.
  std::vector<std::byte> tail_plain;
};

}  // namespace erofs::plan

#endif  // EROFS_PLAN_EXTENT_H_
