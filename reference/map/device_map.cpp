// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/device_map.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/checked.h"
#include "format/rule_ids.gen.h"

namespace erofs::map {
namespace {

constexpr std::uint64_t kFarthest = ~std::uint64_t{0};

// Content that lies on a device nobody gave us cannot be judged.
tl::unexpected<Fault> not_given(Place where, std::uint64_t value) {
  return tl::unexpected<Fault>(
      Fault{FaultKind::kIo, RuleId::device_blob_present, where, value});
}

}  // namespace

// What is asked for, and how to refuse it.
struct DeviceMap::Range {
  std::uint64_t address = 0;
  std::uint64_t length = 0;
  std::uint64_t first_block = 0;
  std::uint64_t end_block = 0;
  RuleId outside{};
  Place stored_at;

  [[nodiscard]] tl::unexpected<Fault> refused() const {
    return malformed(outside, stored_at,
                     checked::add(address, length).value_or(kFarthest));
  }
};

Status read(const Location& from, MutableBytes out) {
  Status done = from.source->read(from.place.offset, out);
  // A source knows its own offsets only, not which space it stands for. What
  // is wrong with the bytes behind it is at their own place.
  if (!done && done.error().rule == RuleId{}) done.error().where = from.place;
  return done;
}

Status DeviceMap::all_or_none(std::size_t blobs, std::size_t slots,
                              Place count_at) {
  if (blobs != 0 && blobs != slots) return not_given(count_at, slots);
  return {};
}

DeviceMap::DeviceMap(const image::Source& primary,
                     std::span<const image::Source* const> blobs,
                     std::vector<decode::DeviceSlot> slots,
                     const decode::Geometry& geometry)
    : primary_(&primary),
      blobs_(blobs.begin(), blobs.end()),
      slots_(std::move(slots)),
      windows_(windows(slots_)),
      id_mask_(geometry.device_id_mask()),
      block_bits_(geometry.block_bits) {}

// Cuts the mapped ranges where any begins or ends; what lies in several
// belongs to the first slot (fs/erofs/super.c, erofs_map_dev).
std::vector<DeviceMap::Window> DeviceMap::windows(
    std::span<const decode::DeviceSlot> slots) {
  struct Edge {
    std::uint64_t block = 0;
    std::size_t slot = 0;
    bool opens = false;
  };
  std::vector<Edge> edges;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (slots[i].uniaddr == 0 || slots[i].blocks == 0) continue;
    edges.push_back({slots[i].uniaddr, i, true});
    // Both numbers have 48 bits.
    edges.push_back({slots[i].uniaddr + slots[i].blocks, i, false});
  }
  std::sort(edges.begin(), edges.end(),
            [](const Edge& a, const Edge& b) { return a.block < b.block; });

  std::vector<Window> out;
  std::set<std::size_t> open;
  std::uint64_t since = 0;
  for (const Edge& edge : edges) {
    if (!open.empty() && since < edge.block) {
      const std::size_t slot = *open.begin();
      const auto device = static_cast<std::uint32_t>(slot + 1);
      if (!out.empty() && out.back().end == since &&
          out.back().device == device) {
        out.back().end = edge.block;
      } else {
        out.push_back({since, edge.block, device, slots[slot].uniaddr});
      }
    }
    since = edge.block;
    if (edge.opens) {
      open.insert(edge.slot);
    } else {
      open.erase(edge.slot);
    }
  }
  return out;
}

bool DeviceMap::flattened() const noexcept {
  return blobs_.empty() && !slots_.empty();
}

std::uint32_t DeviceMap::mapped(std::uint64_t address,
                                std::uint64_t length) const noexcept {
  const std::uint64_t end = checked::add(address, length).value_or(kFarthest);
  const std::uint64_t block_size = std::uint64_t{1} << block_bits_;
  // The first window that ends behind the first block.
  const auto at = std::upper_bound(
      windows_.begin(), windows_.end(), address >> block_bits_,
      [](std::uint64_t block, const Window& w) { return block < w.end; });
  if (at == windows_.end() || at->start >= checked::ceil_div(end, block_size)) {
    return 0;
  }
  return at->device;
}

const image::Source* DeviceMap::device(std::uint32_t id) const noexcept {
  if (id == 0) return primary_;
  return id <= blobs_.size() ? blobs_[id - 1] : nullptr;
}

const DeviceMap::Window* DeviceMap::window(const Range& range) const noexcept {
  const auto after = std::upper_bound(
      windows_.begin(), windows_.end(), range.first_block,
      [](std::uint64_t block, const Window& w) { return block < w.start; });
  if (after == windows_.begin()) return nullptr;
  const Window& found = *std::prev(after);
  return range.first_block < found.end ? &found : nullptr;
}

bool DeviceMap::reaches_next_window(const Range& range) const noexcept {
  const auto next = std::upper_bound(
      windows_.begin(), windows_.end(), range.first_block,
      [](std::uint64_t block, const Window& w) { return block < w.start; });
  return next != windows_.end() && next->start < range.end_block;
}

Result<Location> DeviceMap::on_device(std::uint32_t id,
                                      const Range& range) const {
  const image::Source* source = device(id);
  if (source == nullptr) return not_given(range.stored_at, id);
  if (!checked::within(range.address, range.length, source->size())) {
    return range.refused();
  }
  return Location{source, {id, range.address}};
}

// Id 0 with all devices given.
Result<Location> DeviceMap::unified(const Range& range) const {
  const Window* found = window(range);
  if (found == nullptr) {
    if (reaches_next_window(range)) return range.refused();
    return on_device(0, range);
  }
  if (range.end_block > found->end) return range.refused();
  Range moved = range;
  moved.address -= found->device_start << block_bits_;
  return on_device(found->device, moved);
}

// Everything on the primary device, no blob given.
Result<Location> DeviceMap::flat(std::uint32_t id, const Range& range) const {
  Range moved = range;
  if (id == 0) {
    const Window* found = window(range);
    id = found == nullptr ? 0 : found->device;
  } else {
    const std::uint64_t uniaddr = slots_[id - 1].uniaddr;
    if (uniaddr == 0) return not_given(range.stored_at, id);
    const auto address = checked::add(uniaddr << block_bits_, range.address);
    if (!address) return range.refused();
    moved.address = *address;
  }
  if (checked::within(moved.address, range.length, primary_->size())) {
    return Location{primary_, {Place::kPrimary, moved.address}};
  }
  // A primary that holds the whole device shows where the device ends.
  if (id == 0 || holds(slots_[id - 1])) return range.refused();
  return not_given(range.stored_at, id);
}

bool DeviceMap::holds(const decode::DeviceSlot& slot) const noexcept {
  const auto length = checked::shift_left(slot.blocks, block_bits_);
  const auto start = checked::shift_left(slot.uniaddr, block_bits_);
  return length && start && checked::within(*start, *length, primary_->size());
}

Result<Location> DeviceMap::locate(std::uint16_t id, std::uint64_t address,
                                   std::uint64_t length, RuleId outside,
                                   Place stored_at) const {
  const std::uint32_t device_id = id & id_mask_;
  if (device_id > slots_.size()) {
    return malformed(RuleId::device_id_range, stored_at, device_id);
  }
  Range range{address, length, address >> block_bits_, 0, outside, stored_at};
  const auto end = checked::add(address, length);
  if (!end) return range.refused();
  range.end_block = checked::ceil_div(*end, std::uint64_t{1} << block_bits_);
  if (blobs_.empty()) return flat(device_id, range);
  return device_id == 0 ? unified(range) : on_device(device_id, range);
}

}  // namespace erofs::map
