// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_PLAN_SEGMENT_H_
#define EROFS_PLAN_SEGMENT_H_

#include <cstdint>

#include "base/bytes.h"
#include "compress/encoder.h"
#include "plan/extent.h"
#include "plan/matcher.h"

namespace erofs::plan {

// Sizes in bytes.
struct SegmentOptions {
  unsigned block_bits = 12;
  std::uint32_t pcluster = 4096;  // whole blocks
  std::uint32_t extent_max = 0;   // of one extent's content; 0: the format's
  bool last = true;               // the segment ends with the file
  bool inline_tail = false;       // the last extent may lie behind the inode
  bool fragment = false;          // it may lie in the packed inode
  Matcher* matcher = nullptr;     // finds what the image has already
};

// Cuts a segment of a file into extents, each of which begins in another
// logical cluster of one block, and encodes those that get smaller by it.
// The last extent ends with the segment. Requires data, and a segment that
// begins at a multiple of the block size.
[[nodiscard]] Segment encode_segment(ByteView data,
                                     const SegmentOptions& options,
                                     compress::Encoder& encoder);

}  // namespace erofs::plan

#endif  // EROFS_PLAN_SEGMENT_H_
