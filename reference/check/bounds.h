// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_BOUNDS_H_
#define EROFS_CHECK_BOUNDS_H_

#include <cstdint>
#include <vector>

#include "check/range.h"
#include "image/source.h"
#include "read/volume.h"

namespace erofs::check {

// A space: its bytes, and what is known of those that nothing refers to.
struct Bounds {
  std::uint32_t space = 0;
  std::uint64_t size = 0;
  std::uint64_t boot = 0;      // bytes of the boot area
  std::uint64_t declared = 0;  // end of the last block that counts
  std::uint32_t block_bits = 0;
  const image::Source* source = nullptr;

  // What [begin, end) is, to which nothing refers, up to where that changes;
  // `behind` is what ends at `begin`, if anything does.
  [[nodiscard]] Piece gap(std::uint64_t begin, std::uint64_t end,
                          const Piece* behind) const noexcept;
};

// Of all spaces that can be read, in the order of Place::space.
[[nodiscard]] std::vector<Bounds> bounds_of(const read::Volume& volume);

}  // namespace erofs::check

#endif  // EROFS_CHECK_BOUNDS_H_
