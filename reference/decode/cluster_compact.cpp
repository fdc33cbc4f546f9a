// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/cluster_compact.h"

#include <algorithm>
#include <bit>

#include "format/limits.gen.h"

namespace erofs::decode {
namespace {

using format::ClusterType;
using format::CompactPack2View;
using format::CompactPack4View;

constexpr std::size_t kShort = CompactPack4View::kSize;
constexpr std::size_t kLong = CompactPack2View::kSize;
constexpr std::size_t kShortEntries = 2;
constexpr std::size_t kLongEntries = CompactPack::kMost;

// Bytes of a pack that one entry takes, its share of the address included.
constexpr std::uint64_t kShortShare = kShort / kShortEntries;
constexpr std::uint64_t kLongShare = kLong / kLongEntries;

// The string of bits that entries are cut from.
class Bits {
 public:
  Bits(ByteView bytes, std::size_t width, unsigned low_bits) noexcept
      : bytes_(bytes), width_(width), low_bits_(low_bits) {}

  struct Entry {
    ClusterType type = ClusterType::kPlain;
    std::uint32_t low = 0;
  };

  [[nodiscard]] Entry at(std::size_t slot) const noexcept {
    constexpr std::size_t kWord = sizeof(std::uint32_t);
    const std::size_t bit = slot * width_;
    const auto word = bytes_.fixed<kWord>(bit / 8);
    if (!word) return {};
    const auto byte = [&word](std::size_t i) {
      return std::to_integer<std::uint32_t>((*word)[i]);
    };
    const std::uint32_t value =
        (byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24) >> (bit % 8);
    return {static_cast<ClusterType>(value >> low_bits_ & 3),
            value & ((std::uint32_t{1} << low_bits_) - 1)};
  }

 private:
  ByteView bytes_;
  std::size_t width_;
  unsigned low_bits_;
};

// Gives the HEAD-type entries of a pack their addresses, from the first to
// the last. Linux goes the other way, over the distances of the entries
// between: where one of them does not lead to its HEAD, the two would
// differ, and what comes behind has no address.
class Addresses {
 public:
  Addresses(std::uint32_t base, bool big) noexcept
      : next_(std::uint64_t{base} + (big ? 0 : 1)), big_(big) {}

  void see(std::size_t slot, Lcluster& entry, const Lcluster* before) noexcept {
    if (entry.head()) {
      // One block where nothing told otherwise.
      if (big_ && before != nullptr && before->head()) ++next_;
      entry.block = next_;
      entry.addressed = sound_;
      if (!big_) ++next_;
      head_ = slot;
      met_ = true;
    } else if (entry.counts) {
      next_ += entry.blocks;
      sound_ = sound_ && big_ && (before == nullptr || before->head());
    } else {
      sound_ = sound_ && leads_to_head(slot, entry.back);
    }
  }

 private:
  [[nodiscard]] bool leads_to_head(std::size_t slot,
                                   std::uint32_t back) const noexcept {
    const bool right = met_ ? back == slot - head_ : back > slot;
    // Right behind its HEAD a count would stand.
    return right && (!big_ || back > 1);
  }

  std::uint64_t next_;
  std::size_t head_ = 0;  // the last one, where one was met
  bool met_ = false;
  bool big_;
  bool sound_ = true;
};

void nonhead(std::uint32_t low, bool last, const Lcluster* before,
             Lcluster& out) noexcept {
  if ((low & format::kCblkcntFlag) != 0) {
    out.counts = true;
    out.blocks = low & ~format::kCblkcntFlag;
    out.back = 1;
  } else if (last && before != nullptr) {
    // It tells where the next extent begins; its own is that of the entry
    // before it.
    out.has_forward = true;
    out.forward = low;
    out.back = 1 + (before->head() ? 0 : before->back);
  } else {
    out.back = low;
  }
}

CompactPack decode_pack(const Bits& bits, std::size_t count, std::uint32_t base,
                        bool big) noexcept {
  CompactPack pack;
  pack.count = count;
  Addresses addresses(base, big);
  const Lcluster* before = nullptr;
  for (std::size_t slot = 0; slot < count; ++slot) {
    Lcluster& entry = pack.entries[slot];
    const Bits::Entry stored = bits.at(slot);
    entry.type = stored.type;
    if (stored.type == ClusterType::kNonhead) {
      nonhead(stored.low, slot + 1 == count, before, entry);
    } else {
      entry.clusterofs = stored.low;
    }
    addresses.see(slot, entry, before);
    before = &entry;
  }
  return pack;
}

// Offsets, but at least the bits of a distance with its mark.
unsigned low_bits(unsigned lcluster_bits) noexcept {
  constexpr auto kMark =
      static_cast<unsigned>(std::bit_width(format::kCblkcntFlag));
  return std::max(lcluster_bits, kMark);
}

}  // namespace

CompactPack cluster_compact(ByteView pack, unsigned lcluster_bits,
                            bool big) noexcept {
  const unsigned low = low_bits(lcluster_bits);
  if (const auto bytes = pack.fixed<kShort>(0); bytes && pack.size() < kLong) {
    const CompactPack4View view(*bytes);
    constexpr std::size_t kWidth =
        8 * CompactPack4View::kEntriesSize / kShortEntries;
    return decode_pack(Bits(pack, kWidth, low), kShortEntries, view.blkaddr(),
                       big);
  }
  if (const auto bytes = pack.fixed<kLong>(0)) {
    const CompactPack2View view(*bytes);
    constexpr std::size_t kWidth =
        8 * CompactPack2View::kEntriesSize / kLongEntries;
    return decode_pack(Bits(pack, kWidth, low), kLongEntries, view.blkaddr(),
                       big);
  }
  return {};
}

CompactRegions::CompactRegions(std::uint64_t start, std::uint64_t total,
                               bool long_packs) noexcept
    : start_(start) {
  const std::uint64_t before = (kLong - start % kLong) % kLong / kShortShare;
  if (!long_packs || before >= total) return;
  long_first_ = before;
  long_count_ = (total - before) / kLongEntries * kLongEntries;
}

CompactRegions::Pack CompactRegions::pack(std::uint64_t lcn) const noexcept {
  const std::uint64_t behind_long = long_first_ + long_count_;
  if (lcn >= long_first_ && lcn < behind_long) {
    const std::uint64_t index = (lcn - long_first_) / kLongEntries;
    return {start_ + long_first_ * kShortShare + index * kLong,
            long_first_ + index * kLongEntries, kLong, kLongEntries};
  }
  // Each region begins with a new pack: all counts before it are even.
  const bool behind = lcn >= behind_long;
  const std::uint64_t first = lcn / kShortEntries * kShortEntries;
  const std::uint64_t saved =
      behind ? long_count_ * (kShortShare - kLongShare) : 0;
  return {start_ + first * kShortShare - saved, first, kShort, kShortEntries};
}

std::uint64_t CompactRegions::end(std::uint64_t lcn) const noexcept {
  const Pack found = pack(lcn);
  return found.offset + found.size;
}

}  // namespace erofs::decode
