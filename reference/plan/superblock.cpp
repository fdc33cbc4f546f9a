// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/superblock.h"

#include <algorithm>
#include <limits>
#include <span>

#include "base/crc32c.h"
#include "format/device.gen.h"
#include "format/features.gen.h"
#include "format/limits.gen.h"
#include "format/superblock.gen.h"
#include "plan/bytes_out.h"

namespace erofs::plan {
namespace {

using format::SuperblockBuilder;
using format::SuperblockView;

constexpr std::uint64_t kMax16 = std::numeric_limits<std::uint16_t>::max();

// Position of the device slots within the image, in their unit.
std::uint64_t device_unit(const ImageFacts& facts) {
  std::uint64_t at =
      format::kSuperblockOffset + SuperblockView::kSize + facts.codecs.size();
  if (facts.metabox != 0) at += format::kExtensionSlotSize;
  return (at + format::kDevtSlotUnit - 1) / format::kDevtSlotUnit;
}

std::array<std::byte, 16> label_bytes(const std::string& label) {
  std::array<std::byte, 16> out{};
  const auto text = std::as_bytes(std::span(label));
  std::copy_n(text.begin(), std::min(text.size(), out.size()), out.begin());
  return out;
}

void append_device(std::vector<std::byte>& out, const DeviceFacts& device) {
  std::array<std::byte, 64> tag{};
  const auto text = std::as_bytes(std::span(device.tag));
  std::copy_n(text.begin(), std::min(text.size(), tag.size()), tag.begin());
  format::DeviceSlotBuilder slot;
  slot.tag(tag)
      .blocks_lo(static_cast<std::uint32_t>(device.blocks))
      .blocks_hi(static_cast<std::uint16_t>(device.blocks >> 32))
      .uniaddr_lo(static_cast<std::uint32_t>(device.unified))
      .uniaddr_hi(static_cast<std::uint16_t>(device.unified >> 32));
  append(out, slot.bytes());
}

void set_root(SuperblockBuilder& out, const ImageFacts& facts) {
  const bool wide = (facts.incompat & format::incompat::k48bit) != 0;
  if (wide && (facts.root > kMax16 || facts.blocks >> 32 != 0)) {
    out.rootnid_8b(facts.root)
        .blocks_hi(static_cast<std::uint16_t>(facts.blocks >> 32));
  } else {
    out.rootnid_2b(static_cast<std::uint16_t>(facts.root));
  }
}

}  // namespace

std::uint64_t front_size(const ImageFacts& facts) {
  if (!facts.devices.empty()) {
    return device_unit(facts) * format::kDevtSlotUnit +
           facts.devices.size() * format::DeviceSlotView::kSize;
  }
  return format::kSuperblockOffset + SuperblockView::kSize +
         (facts.metabox != 0 ? format::kExtensionSlotSize : 0) +
         facts.codecs.size();
}

std::vector<std::byte> front_bytes(const ImageFacts& facts) {
  SuperblockBuilder sb;
  sb.magic(SuperblockView::kMagicEquals)
      .feature_compat(facts.compat)
      .feature_incompat(facts.incompat)
      .blkszbits(static_cast<std::uint8_t>(facts.block_bits))
      .sb_extslots(facts.metabox != 0 ? 1 : 0)
      .inos(facts.inodes)
      .epoch(facts.epoch.seconds)
      .fixed_nsec(facts.epoch.nanoseconds)
      .build_time(facts.build_time)
      .blocks_lo(static_cast<std::uint32_t>(facts.blocks))
      .xattr_blkaddr(facts.xattr_block)
      .uuid(facts.uuid)
      .volume_name(label_bytes(facts.label))
      .u1(facts.algorithms)
      .xattr_prefix_count(facts.prefixes)
      .xattr_prefix_start(facts.prefix_unit)
      .ishare_xattr_prefix_id(facts.digest_prefix)
      .packed_nid(facts.packed);
  set_root(sb, facts);
  if (!facts.devices.empty()) {
    sb.extra_devices(static_cast<std::uint16_t>(facts.devices.size()))
        .devt_slotoff(static_cast<std::uint16_t>(device_unit(facts)));
  }
  std::vector<std::byte> out;
  append(out, sb.bytes());
  if (facts.metabox != 0) {
    format::SuperblockExtensionBuilder extension;
    extension.metabox_nid(facts.metabox);
    append(out, extension.bytes());
  }
  append(out, facts.codecs);
  if (!facts.devices.empty()) {
    // kSuperblockOffset is a multiple of the unit.
    pad_to(out, format::kDevtSlotUnit);
    for (const DeviceFacts& device : facts.devices) append_device(out, device);
  }
  return out;
}

std::uint64_t checksum_span(unsigned block_bits) noexcept {
  const std::uint64_t block = std::uint64_t{1} << block_bits;
  return block > format::kSuperblockOffset ? block - format::kSuperblockOffset
                                           : block;
}

std::uint32_t checksum_of(const std::vector<std::byte>& span) {
  return crc32c(format::kChecksumSeed, ByteView(span));
}

void set_checksum(std::vector<std::byte>& front, std::uint32_t checksum) {
  for (std::size_t i = 0; i < SuperblockView::kChecksumSize; ++i) {
    front[SuperblockView::kChecksumAt + i] =
        static_cast<std::byte>(checksum >> (8 * i));
  }
}

}  // namespace erofs::plan
