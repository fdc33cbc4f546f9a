// SPDX-License-Identifier: Apache-2.0 OR MIT
//
// Input: what stands at byte 1024 of an image. Property: a superblock that
// is accepted says what its fields say; written back from the decoded value
// it gives the same bytes.

#include <algorithm>
#include <cstdint>

#include "decode/superblock.h"
#include "format/superblock.gen.h"
#include "support/feed.h"
#include "support/property.h"

namespace {

using erofs::decode::Superblock;

// The fields that `value` was made of, put back over a copy of the input.
void rewrite(erofs::format::SuperblockBuilder& builder,
             const Superblock& value) {
  const auto& geometry = value.geometry;
  builder.checksum(value.checksum)
      .feature_compat(geometry.features.compat)
      .feature_incompat(geometry.features.incompat)
      .blkszbits(geometry.block_bits)
      .inos(value.inos)
      .epoch(geometry.epoch)
      .fixed_nsec(geometry.fixed_nsec)
      .meta_blkaddr(geometry.meta_blkaddr)
      .xattr_blkaddr(geometry.xattr_blkaddr)
      .build_time(value.build_time)
      .xattr_prefix_count(value.xattr_prefix_count)
      .u1(value.compression);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const erofs::fuzz::Feed feed(data, size);
  const erofs::ByteView bytes = feed.payload().head(4096);
  const auto decoded = erofs::decode::superblock(bytes);
  if (!decoded) {
    FUZZ_CHECK(decoded.error().rule != erofs::RuleId{},
               "a refused superblock names its rule");
    return 0;
  }
  const auto span = bytes.fixed<erofs::format::SuperblockView::kSize>(0);
  FUZZ_CHECK(span.has_value(), "an accepted superblock is there as a whole");
  erofs::format::SuperblockBuilder builder{
      erofs::format::SuperblockView(*span)};
  rewrite(builder, *decoded);
  const auto again = builder.bytes();
  FUZZ_CHECK(std::equal(again.begin(), again.end(), span->begin()),
             "decoded values are the stored ones");

  const std::uint32_t covered = erofs::decode::checksum_span(decoded->geometry);
  FUZZ_CHECK(covered >= 512 && covered <= 64512, "a checksum has a span");
  static_cast<void>(
      erofs::decode::verify_checksum(*decoded, bytes.head(covered)));
  return 0;
}
