// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/volume.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/checked.h"
#include "decode/device.h"
#include "format/device.gen.h"
#include "format/rule_ids.gen.h"
#include "format/superblock.gen.h"
#include "read/codecs.h"
#include "read/node.h"
#include "read/special.h"
#include "read/xattr_prefixes.h"

namespace erofs::read {
namespace {

constexpr Place kSuperblockAt{Place::kPrimary, format::kSuperblockOffset};

// Bytes of the largest superblock that sb_extslots can describe.
constexpr std::size_t kLargestSuperblock =
    format::SuperblockView::kSize +
    std::size_t{std::numeric_limits<std::uint8_t>::max()} *
        format::kExtensionSlotSize;

// A fault of the caller's limits or of the host, not of the image.
bool is_outer(const Fault& fault) noexcept {
  return fault.kind == FaultKind::kLimit ||
         (fault.kind == FaultKind::kIo && fault.rule == RuleId{});
}

// As many as there are of the `most` bytes from the superblock on.
Result<std::vector<std::byte>> head_bytes(const image::Source& primary,
                                          std::size_t most, Budget& budget) {
  const std::uint64_t left =
      checked::sub(primary.size(), format::kSuperblockOffset).value_or(0);
  std::vector<std::byte> bytes(
      static_cast<std::size_t>(std::min<std::uint64_t>(left, most)));
  EROFS_TRY(budget.work(bytes.size(), kSuperblockAt));
  if (!bytes.empty()) {
    EROFS_TRY(map::read({&primary, kSuperblockAt}, MutableBytes(bytes)));
  }
  return bytes;
}

}  // namespace

// The steps of Volume::open(), in the order in which Linux mounts.
class VolumeOpener {
 public:
  VolumeOpener(const image::Source& primary,
               std::span<const image::Source* const> blobs, Budget& budget)
      : primary_(primary), blobs_(blobs), budget_(budget) {}

  Result<std::unique_ptr<Volume>> open() {
    volume_ = std::unique_ptr<Volume>(new Volume);
    EROFS_TRY(superblock());
    EROFS_TRY(checksum());
    EROFS_TRY(settings());
    EROFS_TRY(devices());
    images();
    if (const auto nid = volume_->superblock_.metabox_nid) {
      EROFS_TRY(special(*nid, RuleId::superblock_metabox_regular,
                        volume_->metabox_, volume_->metabox_fault_));
    }
    if (const auto nid = volume_->superblock_.packed_nid; nid != 0) {
      EROFS_TRY(special(nid, RuleId::superblock_packed_regular,
                        volume_->packed_, volume_->packed_fault_));
    }
    Volume& volume = *volume_;
    volume.image_.packed = volume.packed_.get();
    if (volume.packed_fault_) {
      volume.image_.packed_fault = &*volume.packed_fault_;
    }
    EROFS_TRY(root());
    EROFS_TRY(prefixes());
    return std::move(volume_);
  }

 private:
  Status superblock() {
    EROFS_ASSIGN(const auto bytes,
                 head_bytes(primary_, kLargestSuperblock, budget_));
    EROFS_ASSIGN(volume_->superblock_, decode::superblock(ByteView(bytes)));
    return {};
  }

  Status checksum() {
    const decode::Superblock& superblock = volume_->superblock_;
    const std::uint32_t span = decode::checksum_span(superblock.geometry);
    EROFS_ASSIGN(const auto bytes, head_bytes(primary_, span, budget_));
    return keep(decode::verify_checksum(superblock, ByteView(bytes)), {});
  }

  Status settings() {
    EROFS_ASSIGN(LoadedCodecs loaded,
                 codecs(primary_, volume_->superblock_, budget_));
    volume_->codecs_ = loaded.codecs;
    volume_->codec_records_ = std::move(loaded.records);
    if (!loaded.fault) return {};
    return keep(tl::unexpected<Fault>(*loaded.fault), {});
  }

  // What maps and decoders of this volume refer to.
  void images() {
    Volume& volume = *volume_;
    volume.image_.devices = &*volume.devices_;
    volume.image_.geometry = &volume.superblock_.geometry;
    volume.image_.codecs = &volume.codecs_;
    volume.special_image_ = volume.image_;
    volume.special_image_.fragments = false;
    volume.decoders_ =
        std::make_unique<Decoders>(volume.codecs_, volume.geometry());
  }

  Status devices() {
    const decode::Superblock& superblock = volume_->superblock_;
    const std::size_t count = superblock.geometry.extra_devices;
    std::vector<decode::DeviceSlot> slots;
    if (count != 0) {
      EROFS_ASSIGN(slots, device_slots(superblock.device_table_at, count));
    }
    // After the table: an image whose table is not there is at fault, and
    // not whoever gave it no blobs.
    EROFS_TRY(map::DeviceMap::all_or_none(
        blobs_.size(), count,
        kSuperblockAt.plus(format::SuperblockView::kExtraDevicesAt)));
    volume_->devices_.emplace(primary_, blobs_, std::move(slots),
                              superblock.geometry);
    return {};
  }

  Result<std::vector<decode::DeviceSlot>> device_slots(std::uint64_t start,
                                                       std::size_t count) {
    constexpr std::size_t kSize = format::DeviceSlotView::kSize;
    const Place at{Place::kPrimary, start};
    if (!checked::within(start, count * kSize, primary_.size())) {
      return malformed(RuleId::device_table_within_image, at, count);
    }
    EROFS_TRY(budget_.work(count * kSize, at));
    EROFS_TRY(budget_.memory(count * sizeof(decode::DeviceSlot), at));
    std::vector<std::byte> bytes(count * kSize);
    EROFS_TRY(map::read({&primary_, at}, MutableBytes(bytes)));
    std::vector<decode::DeviceSlot> slots;
    slots.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto slot = ByteView(bytes).fixed<kSize>(i * kSize);
      if (!slot) break;
      slots.push_back(decode::device_slot(format::DeviceSlotView(*slot),
                                          volume_->geometry()));
    }
    return slots;
  }

  // Opens the metabox or the packed inode. What keeps Linux from mounting
  // is a mount fault too; what only keeps us from its data is not.
  Status special(std::uint64_t nid, RuleId regular,
                 std::unique_ptr<SpecialContent>& content,
                 std::optional<Fault>& fault) {
    const auto found = node(*volume_, nid, budget_);
    if (!found) {
      fault = found.error();
      return keep(tl::unexpected<Fault>(*fault), nid);
    }
    const format::ModeType type = found->inode().type;
    if (type != format::ModeType::kRegular) {
      fault = malformed(regular, found->at, static_cast<std::uint64_t>(type))
                  .value();
      return keep(tl::unexpected<Fault>(*fault), nid);
    }
    auto opened =
        SpecialContent::open(*volume_, volume_->special_image(), *found);
    if (opened) {
      content = std::move(*opened);
      return {};
    }
    fault = opened.error();
    if (is_outer(*fault)) return tl::unexpected<Fault>(*fault);
    return {};
  }

  Status root() {
    const std::uint64_t nid = volume_->superblock_.root_nid;
    const auto found = node(*volume_, nid, budget_);
    if (!found) return keep(tl::unexpected<Fault>(found.error()), nid);
    const format::ModeType type = found->inode().type;
    if (type == format::ModeType::kDirectory) return {};
    return keep(malformed(RuleId::superblock_root_directory, found->at,
                          static_cast<std::uint64_t>(type)),
                nid);
  }

  Status prefixes() {
    auto found = xattr_prefixes(*volume_, budget_);
    if (!found) return keep(tl::unexpected<Fault>(found.error()), {});
    volume_->prefixes_ = std::move(*found);
    return {};
  }

  // Notes what Linux would not mount the image for, each fault once; hands
  // on what is not the image's fault.
  Status keep(Status status, std::optional<std::uint64_t> nid) {
    if (status) return {};
    const Fault& fault = status.error();
    if (is_outer(fault)) return status;
    auto& kept = volume_->mount_faults_;
    const bool known =
        std::any_of(kept.begin(), kept.end(),
                    [&](const MountFault& m) { return m.fault == fault; });
    if (!known) kept.push_back({fault, nid});
    return {};
  }

  const image::Source& primary_;
  std::span<const image::Source* const> blobs_;
  Budget& budget_;
  std::unique_ptr<Volume> volume_;
};

Result<std::unique_ptr<Volume>> Volume::open(
    const image::Source& primary, std::span<const image::Source* const> blobs,
    Budget& budget) {
  return VolumeOpener(primary, blobs, budget).open();
}

Volume::Volume() = default;
Volume::~Volume() = default;

const image::Source* Volume::metabox() const noexcept { return metabox_.get(); }
const image::Source* Volume::packed() const noexcept { return packed_.get(); }

Status Volume::charge(Budget& budget, Place where) const {
  std::uint64_t steps = 0;
  if (metabox_) steps += metabox_->take_steps();
  if (packed_) steps += packed_->take_steps();
  EROFS_TRY(budget.work(steps, where));
  return budget.output(cache_.take_decoded(), where);
}

Status Volume::mountable() const {
  if (mount_faults_.empty()) return {};
  return tl::unexpected<Fault>(mount_faults_.front().fault);
}

}  // namespace erofs::read
