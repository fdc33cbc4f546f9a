// SPDX-License-Identifier: Apache-2.0 OR MIT
//
// Input: up to 64 bytes of an inode, then options (the incompat features
// and the block size) from the end. Property: what was decoded is what the
// fields say, and nothing that a layout forbids gets through.

#include <cstdint>

#include "decode/inode.h"
#include "format/inode.gen.h"
#include "support/feed.h"
#include "support/property.h"

namespace {

using erofs::ByteView;
using erofs::decode::Inode;
using erofs::format::Layout;

void check_fields(ByteView bytes, const Inode& inode) {
  using erofs::format::InodeCompactView;
  using erofs::format::InodeExtendedView;
  if (inode.extended) {
    const auto span = bytes.fixed<InodeExtendedView::kSize>(0);
    FUZZ_CHECK(span.has_value(), "an accepted inode is there as a whole");
    const InodeExtendedView view(*span);
    FUZZ_CHECK(view.i_size() == inode.size, "size is i_size");
    FUZZ_CHECK(view.i_nlink() == inode.nlink, "nlink is i_nlink");
    FUZZ_CHECK(view.i_uid() == inode.uid, "uid is i_uid");
    FUZZ_CHECK(view.i_mtime() == inode.mtime, "mtime is i_mtime");
    FUZZ_CHECK(inode.size >> 63 == 0, "a size has no sign");
    return;
  }
  const auto span = bytes.fixed<InodeCompactView::kSize>(0);
  FUZZ_CHECK(span.has_value(), "an accepted inode is there as a whole");
  const InodeCompactView view(*span);
  FUZZ_CHECK(view.i_size() == inode.size, "size is i_size");
  FUZZ_CHECK(inode.nlink == (inode.nlink_one ? 1u : view.nlink()),
             "nlink is i_nb or 1");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  erofs::fuzz::Feed feed(data, size);
  erofs::decode::Geometry geometry;
  geometry.block_bits = static_cast<std::uint8_t>(9 + feed.option() % 8);
  geometry.features.incompat =
      feed.option32() & erofs::format::incompat::kKnown;
  const ByteView bytes = feed.payload().head(64);
  const auto inode = erofs::decode::inode(bytes, erofs::Place{}, geometry);
  if (!inode) {
    FUZZ_CHECK(inode.error().rule != erofs::RuleId{},
               "a refused inode names its rule");
    return 0;
  }
  check_fields(bytes, *inode);
  FUZZ_CHECK(inode->layout <= Layout::kChunkBased, "layouts end at 4");
  FUZZ_CHECK(inode->xattr_size == 0 || inode->xattr_size >= 16,
             "an xattr area has more than its header");
  if (inode->layout == Layout::kChunkBased) {
    FUZZ_CHECK(inode->chunk.chunk_bits >= geometry.block_bits &&
                   inode->chunk.chunk_bits <= geometry.block_bits + 31,
               "chunks are 1 to 2^31 blocks");
  }
  return 0;
}
