// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/lz4.h"

#include <lz4.h>

#include "decompress/library.h"
#include "decompress/lz4_scan.h"

// 1.9 brought a partial decoder that takes a target below the block's size.
static_assert(LZ4_VERSION_NUMBER >= 10900, "liblz4 1.9 or later is needed");

namespace erofs::decompress {
namespace {

Outcome whole(ByteView block, MutableBytes out) noexcept {
  const int size = static_cast<int>(out.size());
  const int got = LZ4_decompress_safe(input<char>(block), output<char>(out),
                                      static_cast<int>(block.size()), size);
  if (got == size) return Outcome::kDone;
  return got >= 0 ? Outcome::kShort : lz4_failure(block, out.size());
}

Outcome prefix(ByteView block, MutableBytes out) noexcept {
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
  const Outcome outcome =
      demand == Demand::kWhole ? whole(block, out) : prefix(block, out);
  if (outcome != Outcome::kDone || max_distance >= kLz4MaxDistance) {
    return outcome;
  }
  return lz4_within_window(block, out.size(), max_distance) ? Outcome::kDone
                                                            : Outcome::kWindow;
}

}  // namespace erofs::decompress
