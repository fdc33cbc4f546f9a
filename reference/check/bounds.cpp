// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/bounds.h"

#include <algorithm>

#include "base/checked.h"
#include "format/limits.gen.h"

namespace erofs::check {
namespace {

// Whether readers leave the rest of the last block of such a piece alone
// because content ends there.
bool ends_content(const Piece& piece) noexcept {
  return piece.kind == RangeKind::kData ||
         piece.kind == RangeKind::kPackedContent ||
         piece.kind == RangeKind::kMetaboxContent ||
         piece.kind == RangeKind::kDirectory;
}

// Behind `blocks` blocks, or behind the device where it has fewer.
std::uint64_t end_of(const decode::Geometry& geometry, std::uint64_t blocks,
                     std::uint64_t size) noexcept {
  const auto end = geometry.block_at(blocks);
  return end ? std::min(*end, size) : size;
}

// In a flattened image the devices stand behind the blocks that count.
std::uint64_t primary_end(const read::Volume& volume) noexcept {
  const map::DeviceMap& devices = volume.devices();
  const std::uint64_t size = devices.primary().size();
  std::uint64_t blocks = volume.superblock().blocks;
  if (devices.flattened()) {
    for (const decode::DeviceSlot& slot : devices.slots()) {
      if (slot.uniaddr == 0) continue;
      blocks = std::max(blocks, slot.uniaddr + slot.blocks);
    }
  }
  return end_of(volume.geometry(), blocks, size);
}

}  // namespace

Piece Bounds::gap(std::uint64_t begin, std::uint64_t end,
                  const Piece* behind) const noexcept {
  Piece piece;
  piece.space = space;
  piece.begin = begin;
  piece.end = end;
  if (begin < boot) {
    piece.kind = RangeKind::kBootArea;
    piece.end = std::min(end, boot);
    return piece;
  }
  if (begin >= declared) {
    piece.kind = RangeKind::kBehindEnd;
    return piece;
  }
  end = std::min(end, declared);
  const std::uint64_t within = (std::uint64_t{1} << block_bits) - 1;
  // The last block may be cut short, and may be the last one there is.
  const std::uint64_t next =
      begin + std::min(end - begin, within + 1 - (begin & within));
  const bool used = (begin & within) != 0;
  if (used) {
    piece.kind = behind != nullptr && ends_content(*behind)
                     ? RangeKind::kContentPadding
                     : RangeKind::kPadding;
    piece.end = next;
    return piece;
  }
  const std::uint64_t whole = end == declared ? end : end & ~within;
  if (whole > begin) {
    piece.kind = RangeKind::kUnreferenced;
    piece.end = whole;
    return piece;
  }
  piece.kind = RangeKind::kPadding;
  piece.end = end;
  return piece;
}

std::vector<Bounds> bounds_of(const read::Volume& volume) {
  const decode::Geometry& geometry = volume.geometry();
  const map::DeviceMap& devices = volume.devices();
  const unsigned bits = geometry.block_bits;
  std::vector<Bounds> all;
  const image::Source& primary = devices.primary();
  all.push_back({Place::kPrimary, primary.size(), format::kSuperblockOffset,
                 primary_end(volume), bits, &primary});
  const auto slots = devices.slots();
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const auto id = static_cast<std::uint32_t>(i + 1);
    const image::Source* source = devices.device(id);
    if (source == nullptr) continue;
    const std::uint64_t size = source->size();
    all.push_back(
        {id, size, 0, end_of(geometry, slots[i].blocks, size), bits, source});
  }
  const auto decoded = [&](std::uint32_t space, const image::Source* source) {
    if (source == nullptr) return;
    all.push_back({space, source->size(), 0, source->size(), bits, source});
  };
  decoded(Place::kMetabox, volume.metabox());
  decoded(Place::kPacked, volume.packed());
  return all;
}

}  // namespace erofs::check
