// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "base/checked.h"
#include "check/phases.h"
#include "check/storage.h"
#include "format/checks.gen.h"
#include "format/device.gen.h"
#include "format/superblock.gen.h"

namespace erofs::check {
namespace {

using View = format::DeviceSlotView;

// Blocks [begin, end) of the unified address space.
struct Window {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::uint64_t slot = 0;
};

Place slot_at(const Context& ctx, std::uint64_t index) noexcept {
  return Place{Place::kPrimary, ctx.volume.superblock().device_table_at}.plus(
      index * View::kSize);
}

void tag(Context& ctx, const View& view, Place at) {
  const ByteView whole(view.tag());
  const ByteView text =
      whole.head(whole.find(std::byte{0}).value_or(whole.size()));
  if (text.empty()) {
    ctx.find(RuleId::device_tag_nonempty, at.plus(View::kTagAt), 0);
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = std::to_integer<std::uint8_t>(text.span()[i]);
    constexpr std::uint8_t kDelete = 127;
    if (byte == '/' || byte < ' ' || byte == kDelete) {
      ctx.find(RuleId::device_tag_plain, at.plus(View::kTagAt + i), byte);
      return;
    }
  }
}

void window(Context& ctx, const decode::DeviceSlot& slot, std::uint64_t index,
            std::vector<Window>& windows) {
  if (slot.uniaddr == 0 || slot.blocks == 0) return;
  const bool wide =
      ctx.volume.geometry().features.incompat_has(format::incompat::k48bit);
  const std::uint64_t last =
      wide ? format::kAddress48Mask : std::uint64_t{format::kNullAddress32};
  const Place at = slot_at(ctx, index).plus(View::kUniaddrLoAt);
  // Both numbers have at most 48 bits, so the sum cannot overflow.
  const std::uint64_t end = slot.uniaddr + slot.blocks;
  if (end - 1 > last) ctx.find(RuleId::device_uniaddr_range, at, end);
  static_cast<void>(
      ctx.ok(push(windows, Window{slot.uniaddr, end, index}, ctx.budget, at)));
}

void overlaps(Context& ctx, std::vector<Window>& windows) {
  std::sort(windows.begin(), windows.end(),
            [](const Window& a, const Window& b) {
              return std::tuple(a.begin, a.slot) < std::tuple(b.begin, b.slot);
            });
  std::uint64_t taken = ctx.volume.superblock().blocks;
  for (const Window& each : windows) {
    if (each.begin < taken) {
      ctx.find(RuleId::device_uniaddr_overlap,
               slot_at(ctx, each.slot).plus(View::kUniaddrLoAt), each.begin);
    }
    taken = std::max(taken, each.end);
  }
}

void blob(Context& ctx, const decode::DeviceSlot& slot, std::uint64_t index) {
  const auto& devices = ctx.volume.devices();
  if (devices.flattened()) return;
  const auto* source = devices.device(static_cast<std::uint32_t>(index + 1));
  if (source == nullptr) return;
  const auto declared = ctx.volume.geometry().block_at(slot.blocks);
  if (!declared || *declared > source->size()) {
    ctx.find(RuleId::device_blocks_within_device,
             slot_at(ctx, index).plus(View::kBlocksLoAt), slot.blocks);
  }
}

// Whether a slot at `at` shares bytes with the superblock.
bool on_superblock(const Context& ctx, Place at) noexcept {
  const std::uint64_t end =
      format::kSuperblockOffset + ctx.volume.superblock().size;
  return at.offset < end && at.offset + View::kSize > format::kSuperblockOffset;
}

// Reads slot `index` and judges it alone; false where it cannot be read.
bool slot_fields(Context& ctx, std::uint64_t index) {
  const Place at = slot_at(ctx, index);
  if (on_superblock(ctx, at)) {
    // Its fields are the superblock's; there is no more to say about them.
    ctx.find(RuleId::device_table_placement, at, index);
    return true;
  }
  if (!ctx.ok(ctx.space.add(at, View::kSize, RangeKind::kDeviceTable, 0,
                            ctx.budget))) {
    return false;
  }
  std::array<std::byte, View::kSize> bytes{};
  if (!ctx.ok(ctx.budget.work(View::kSize, at)) ||
      !ctx.ok(ctx.volume.devices().primary().read(at.offset,
                                                  MutableBytes(bytes)))) {
    return false;
  }
  const View view(bytes);
  format::lint(view, ctx.volume.geometry().features, [&](const auto& breach) {
    ctx.find(breach.rule, at.plus(breach.at), breach.value);
  });
  tag(ctx, view, at);
  return true;
}

// extra_devices as stored; the geometry has 0 where no table is announced.
void count(Context& ctx) {
  using Super = format::SuperblockView;
  if (ctx.volume.geometry().features.incompat_has(
          format::incompat::kDeviceTable)) {
    return;
  }
  std::array<std::byte, Super::kSize> bytes{};
  if (!ctx.ok(ctx.volume.devices().primary().read(format::kSuperblockOffset,
                                                  MutableBytes(bytes)))) {
    return;
  }
  const Super view(bytes);
  if (view.extra_devices() == 0) return;
  ctx.find(RuleId::device_count_needs_table,
           Place{Place::kPrimary,
                 format::kSuperblockOffset + Super::kExtraDevicesAt},
           view.extra_devices());
}

// Whether content of device `index` + 1 can be had.
bool at_hand(const Context& ctx, const decode::DeviceSlot& slot,
             std::uint64_t index) {
  const auto& devices = ctx.volume.devices();
  const auto& geometry = ctx.volume.geometry();
  if (!devices.flattened()) {
    return devices.device(static_cast<std::uint32_t>(index + 1)) != nullptr;
  }
  // Both numbers have at most 48 bits, so the sum cannot overflow.
  const auto end = geometry.block_at(slot.uniaddr + slot.blocks);
  return slot.uniaddr != 0 && end && *end <= devices.primary().size();
}

void list(Context& ctx, const decode::DeviceSlot& slot, std::uint64_t index) {
  std::vector<ExternalBlob>& blobs = ctx.report.blobs;
  if (blobs.size() == Report::kKeptPerRule) return;
  const ByteView tag(slot.tag);
  const auto length = tag.find(std::byte{0}).value_or(tag.size());
  blobs.push_back({std::string(tag.head(length).text()), slot.blocks,
                   slot.uniaddr, at_hand(ctx, slot, index)});
}

}  // namespace

void device_windows(Context& ctx) {
  const auto& devices = ctx.volume.devices();
  if (devices.flattened() || devices.slots().empty()) return;
  // Kernels before 6.17 look for inline tails through the windows, later ones
  // do not; the declared blocks alone do not tell where metadata ends.
  std::uint32_t device = 0;
  ctx.space.each_metadata([&](const Range& range) {
    if (device != 0 || range.space != Place::kPrimary) return;
    device = devices.mapped(range.begin, range.end() - range.begin);
  });
  if (device == 0) return;
  const decode::DeviceSlot& slot = devices.slots()[device - 1];
  ctx.find(RuleId::device_uniaddr_overlap,
           slot_at(ctx, device - 1).plus(View::kUniaddrLoAt), slot.uniaddr);
}

void device(Context& ctx) {
  count(ctx);
  const auto slots = ctx.volume.devices().slots();
  std::vector<Window> windows;
  for (std::uint64_t i = 0; i < slots.size() && !ctx.stopped; ++i) {
    const decode::DeviceSlot& slot = slots[static_cast<std::size_t>(i)];
    if (!slot_fields(ctx, i)) continue;
    list(ctx, slot, i);
    blob(ctx, slot, i);
    window(ctx, slot, i, windows);
  }
  overlaps(ctx, windows);
  ctx.budget.release_memory(windows.capacity() * sizeof(Window));
}

}  // namespace erofs::check
