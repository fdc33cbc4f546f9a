// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/lz4.h"

#include <lz4.h>

#include "decompress/library.h"
#include "decompress/lz4_block.h"
#include "decompress/lz4_scan.h"

// 1.9 brought a partial decoder that takes a target below the block's size.
static_assert(LZ4_VERSION_NUMBER >= 10900, "liblz4 1.9 or later is needed");

namespace erofs::decompress {
namespace {

// Why lz4_block() refused what it refused.
Outcome refusal(ByteView block, MutableBytes out,
                std::uint32_t max_distance) noexcept {
  const int size = static_cast<int>(out.size());
  const int got = LZ4_decompress_safe(input<char>(block), output<char>(out),
                                      static_cast<int>(block.size()), size);
  if (got == size) {
    return lz4_distances(block, out.size(), max_distance);
  }
  return got >= 0 ? Outcome::kShort : lz4_failure(block, out.size());
}

Outcome whole(ByteView block, MutableBytes out,
              std::uint32_t max_distance) noexcept {
  if (lz4_block(block, out, max_distance)) return Outcome::kDone;
  return refusal(block, out, max_distance);
}

// Few streams are decoded in part, so these may cost a look at the distances
// beforehand; the library would follow a distance of zero.
Outcome prefix(ByteView block, MutableBytes out,
               std::uint32_t max_distance) noexcept {
  const Outcome distances = lz4_distances(block, out.size(), max_distance);
  if (distances != Outcome::kDone) return distances;
  const int size = static_cast<int>(out.size());
  const int got =
      LZ4_decompress_safe_partial(input<char>(block), output<char>(out),
                                  static_cast<int>(block.size()), size, size);
  if (got == size) return Outcome::kDone;
  return got >= 0 ? Outcome::kShort : Outcome::kCorrupt;
}

}  // namespace

Outcome lz4(ByteView block, MutableBytes out, Demand demand,
            std::uint32_t max_distance) noexcept {
  // What the library's `int` can count, which is far beyond a pcluster.
  if (block.size() > LZ4_MAX_INPUT_SIZE || out.size() > LZ4_MAX_INPUT_SIZE) {
    return Outcome::kCorrupt;
  }
  return demand == Demand::kWhole ? whole(block, out, max_distance)
                                  : prefix(block, out, max_distance);
}

}  // namespace erofs::decompress
