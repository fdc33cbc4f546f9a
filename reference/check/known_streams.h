// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_KNOWN_STREAMS_H_
#define EROFS_CHECK_KNOWN_STREAMS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "map/extent.h"

namespace erofs::check {

// Remembers streams that were handed on for decoding, so that what many
// extents share is mostly decoded once. A hashed table without chains, 24
// bytes a slot and at most kMostSlots of them: what does not fit is forgotten,
// which costs time and nothing else.
class KnownStreams {
 public:
  static constexpr std::size_t kMostSlots = std::size_t{1} << 19;

  // Whether decoding `stream` at `place` tells nothing that a remembered one
  // does not tell. If it does, it is remembered from now on.
  [[nodiscard]] bool known(Place place, const map::Stream& stream);

  [[nodiscard]] std::size_t bytes() const noexcept {
    return slots_.size() * sizeof(Slot);
  }

 private:
  struct Slot {
    std::uint64_t offset = 0;
    std::uint32_t decoded = 0;
    std::uint32_t stored = 0;  // 0: the slot is free
    std::uint16_t space = 0;
    format::Algorithm algorithm{};
    bool whole = false;

    [[nodiscard]] bool same_bytes(const Slot& other) const noexcept;
    // Whether its success means that of `other`, which has the same bytes.
    [[nodiscard]] bool implies(const Slot& other) const noexcept;
  };

  [[nodiscard]] Slot& home(const Slot& wanted) noexcept;
  void grow();

  std::vector<Slot> slots_;  // none, or a power of two
  std::size_t used_ = 0;
};

}  // namespace erofs::check

#endif  // EROFS_CHECK_KNOWN_STREAMS_H_
