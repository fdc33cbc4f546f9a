// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/known_streams.h"

#include <limits>
#include <utility>

namespace erofs::check {
namespace {

constexpr std::size_t kFirstSlots = std::size_t{1} << 10;

}  // namespace

bool KnownStreams::Slot::same_bytes(const Slot& other) const noexcept {
  return offset == other.offset && stored == other.stored &&
         space == other.space && algorithm == other.algorithm;
}

// A stream of exactly so many bytes, or of so many and more, has any smaller
// number of them too.
bool KnownStreams::Slot::implies(const Slot& other) const noexcept {
  if (other.whole) return whole && decoded == other.decoded;
  return other.decoded <= decoded;
}

// The slot that has the same bytes, or else a free one, or else one to give
// up. There are two to look at.
KnownStreams::Slot& KnownStreams::home(const Slot& wanted) noexcept {
  // Clusters mostly come one behind the other: so do their slots, which are
  // then in the processor's cache. Blocks of 4 KiB have one, their sectors
  // and the devices are far apart.
  constexpr unsigned kSectorBits = 9;
  constexpr unsigned kSectors = 3;  // binary logarithm of those in a block
  constexpr std::uint64_t kOdd = 11400714819323198485U;  // 2^64 / golden ratio
  const std::uint64_t sector =
      (wanted.offset >> kSectorBits) % (1U << kSectors);
  const std::uint64_t start =
      (sector + (std::uint64_t{wanted.space} << kSectors)) * kOdd >> 32;
  const std::size_t at =
      static_cast<std::size_t>((wanted.offset >> (kSectorBits + kSectors)) +
                               start) &
      (slots_.size() - 1);
  Slot& first = slots_[at];
  Slot& second = slots_[at ^ 1U];
  if (first.stored == 0 || first.same_bytes(wanted)) return first;
  if (second.stored == 0 || second.same_bytes(wanted)) return second;
  return first;
}

void KnownStreams::grow() {
  KnownStreams wider;
  wider.slots_.resize(slots_.empty() ? kFirstSlots : 2 * slots_.size());
  for (const Slot& slot : slots_) {
    if (slot.stored == 0) continue;
    Slot& home = wider.home(slot);
    if (home.stored == 0) ++wider.used_;
    home = slot;
  }
  *this = std::move(wider);
}

bool KnownStreams::known(Place place, const map::Stream& stream) {
  // What lies in the metabox belongs to one inode.
  if (place.space > std::numeric_limits<std::uint16_t>::max()) return false;
  if (used_ >= slots_.size() / 2 && slots_.size() < kMostSlots) grow();
  const Slot wanted{place.offset,     stream.decoded,
                    stream.stored,    static_cast<std::uint16_t>(place.space),
                    stream.algorithm, stream.whole};
  Slot& slot = home(wanted);
  if (slot.stored == 0) {
    ++used_;
  } else if (slot.same_bytes(wanted)) {
    if (slot.implies(wanted)) return true;
    // What the exact length of is known stays, whatever else was asked.
    if (slot.whole) return false;
  }
  slot = wanted;
  return false;
}

}  // namespace erofs::check
