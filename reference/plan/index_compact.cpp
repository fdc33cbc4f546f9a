// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <algorithm>
#include <array>

#include "base/checked.h"
#include "format/cluster.gen.h"
#include "format/limits.gen.h"
#include "plan/bytes_out.h"
#include "plan/cluster_entries.h"
#include "plan/cluster_header.h"
#include "plan/cluster_index.h"

namespace erofs::plan {
namespace {

using format::ClusterType;
using Entries = std::span<const ClusterEntry>;

constexpr std::size_t kSmallPack = 2;   // entries of a pack of 8 bytes
constexpr std::size_t kLargePack = 16;  // of one of 32 bytes
constexpr unsigned kSmallWidth = 16;    // bits of an entry
constexpr unsigned kLargeWidth = 14;
constexpr unsigned kLowBitsMin = 12;  // of its number

// How many entries lie in which region.
struct Regions {
  std::size_t first = 0;   // small packs up to a multiple of 32 bytes
  std::size_t second = 0;  // large packs
  std::size_t third = 0;   // small packs again
};

Regions regions_of(const MapFacts& facts) {
  constexpr std::uint32_t kLine = format::CompactPack2View::kSize;
  constexpr std::uint32_t kEntry = format::CompactPack4View::kSize / 2;
  const auto total = static_cast<std::size_t>(
      checked::ceil_div(facts.size, std::uint64_t{1} << facts.block_bits));
  const std::uint32_t begin =
      facts.header_at + format::ClusterHeaderView::kSize;
  const std::size_t lead = (kLine - begin % kLine) / kEntry % 8;
  Regions out;
  out.first = std::min(total, lead);
  if (facts.block_bits <= format::kCompact2bLclusterBitsMax) {
    out.second = (total - out.first) / kLargePack * kLargePack;
  }
  out.third = total - out.first - out.second;
  return out;
}

std::size_t small_bytes(std::size_t entries) {
  return checked::ceil_div(entries, kSmallPack) *
         format::CompactPack4View::kSize;
}

// The base from which a pack's heads count.
std::uint32_t base_of(Entries pack, bool big) {
  std::uint64_t before = big ? 0 : 1;
  for (std::size_t i = 0; i < pack.size(); ++i) {
    const ClusterEntry& entry = pack[i];
    if (entry.type == ClusterType::kNonhead) {
      if (entry.count_mark != 0) before += entry.count_mark - 1;
      continue;
    }
    if (entry.addressed) {
      return static_cast<std::uint32_t>(entry.block - before);
    }
    const bool next_is_head =
        i + 1 < pack.size() && pack[i + 1].type != ClusterType::kNonhead;
    if (!big || next_is_head) ++before;
  }
  return 0;
}

std::uint32_t low_of(const ClusterEntry& entry, bool last_slot) {
  if (entry.type != ClusterType::kNonhead) return entry.offset;
  if (entry.count_mark != 0) {
    return format::kCblkcntFlag | (entry.count_mark - 1);
  }
  return last_slot ? entry.forward : entry.back;
}

// One pack of `slots` entries, which `pack` may not fill.
void append_pack(std::vector<std::byte>& out, Entries pack, std::size_t slots,
                 const MapFacts& facts) {
  const unsigned width = slots == kSmallPack ? kSmallWidth : kLargeWidth;
  const unsigned low_bits = std::max(kLowBitsMin, facts.block_bits);
  std::array<std::byte, format::CompactPack2View::kSize> bytes{};
  const std::size_t size = slots * width / 8;
  for (std::size_t i = 0; i < pack.size(); ++i) {
    const std::uint64_t value = low_of(pack[i], i + 1 == slots) |
                                static_cast<std::uint64_t>(pack[i].type)
                                    << low_bits;
    const std::size_t bit = i * width;
    const std::uint64_t shifted = value << (bit % 8);
    for (std::size_t k = 0; k < 3 && bit / 8 + k < size; ++k) {
      bytes[bit / 8 + k] |= static_cast<std::byte>(shifted >> (8 * k));
    }
  }
  append(out, std::span(bytes).first(size));
  const std::uint32_t base = base_of(pack, facts.big);
  for (std::size_t k = 0; k < sizeof base; ++k) {
    out.push_back(static_cast<std::byte>(base >> (8 * k)));
  }
}

void append_packs(std::vector<std::byte>& out, Entries entries,
                  std::size_t slots, const MapFacts& facts) {
  while (!entries.empty()) {
    const std::size_t count = std::min(slots, entries.size());
    append_pack(out, entries.first(count), slots, facts);
    entries = entries.subspan(count);
  }
}

}  // namespace

bool compact_can(std::span<const Extent> extents,
                 unsigned block_bits) noexcept {
  if (block_bits > format::kCompactLclusterBitsMax) return false;
  std::uint64_t next = 0;
  bool first = true;
  for (const Extent& extent : extents) {
    if (extent.partial) return false;
    if (extent.form == Form::kFragment && extent.start >> 32 != 0) {
      return false;
    }
    if (extent.form != Form::kRaw && extent.form != Form::kEncoded) continue;
    // The clusters of a pack follow each other.
    if (!first && extent.start != next) return false;
    first = false;
    next = extent.start + extent.stored;
  }
  return true;
}

std::size_t compact_index_size(const MapFacts& facts) noexcept {
  const Regions regions = regions_of(facts);
  return format::ClusterHeaderView::kSize + small_bytes(regions.first) +
         regions.second / kLargePack * format::CompactPack2View::kSize +
         small_bytes(regions.third);
}

std::vector<std::byte> compact_index(std::span<const Extent> extents,
                                     const MapFacts& facts) {
  const Regions regions = regions_of(facts);
  const auto all =
      cluster_entries(extents, facts.size, facts.block_bits, facts.big);
  const Entries entries(all);
  std::vector<std::byte> out;
  out.reserve(compact_index_size(facts));
  append(out, cluster_header(extents, facts)
                  .h_advise_form(regions.second != 0 ? 1 : 0)
                  .bytes());
  append_packs(out, entries.first(regions.first), kSmallPack, facts);
  append_packs(out, entries.subspan(regions.first, regions.second), kLargePack,
               facts);
  append_packs(out, entries.subspan(regions.first + regions.second), kSmallPack,
               facts);
  return out;
}

}  // namespace erofs::plan
