// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_READ_VOLUME_H_
#define EROFS_READ_VOLUME_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/budget.h"
#include "base/result.h"
#include "decode/codec.h"
#include "decode/superblock.h"
#include "decode/xattr_prefix.h"
#include "image/source.h"
#include "map/device_map.h"
#include "map/image.h"
#include "read/decoders.h"
#include "read/pcluster_cache.h"

namespace erofs::read {

class SpecialContent;

// Something that Linux refuses to mount the image for, though the rest of
// it can still be looked at.
struct MountFault {
  Fault fault;
  std::optional<std::uint64_t> nid;  // of the special inode it concerns
};

// An opened image: superblock, settings of the algorithms, devices, special
// inodes, prefix table. Immutable after open() but for what it caches, and
// for several threads at once; everything it was opened from must outlive it.
class Volume {
 public:
  // Opens as much as can be read. `blobs` is empty or has one source for
  // each slot of the device table, in its order.
  //
  // Faults: those of decode::superblock() (nothing can be read without it);
  // device.table.within-image; device.blob.present where the number of
  // blobs is neither 0 nor that of the slots; limit; io.
  // Kept in mount_faults() instead: superblock.checksum.match, codec.*,
  // superblock.root.directory, superblock.metabox.regular,
  // superblock.packed.regular, what keeps these inodes from loading, and
  // xattr.prefix.*. What keeps the data of metabox or packed inode from
  // being read is in metabox_fault() and packed_fault(), and among the mount
  // faults only where the root or the prefix table lies there.
  [[nodiscard]] static Result<std::unique_ptr<Volume>> open(
      const image::Source& primary, std::span<const image::Source* const> blobs,
      Budget& budget);

  ~Volume();
  Volume(const Volume&) = delete;
  Volume& operator=(const Volume&) = delete;

  [[nodiscard]] std::span<const MountFault> mount_faults() const noexcept {
    return mount_faults_;
  }
  // The first mount fault, where there is one.
  [[nodiscard]] Status mountable() const;

  [[nodiscard]] const decode::Superblock& superblock() const noexcept {
    return superblock_;
  }
  [[nodiscard]] const decode::Geometry& geometry() const noexcept {
    return superblock_.geometry;
  }
  [[nodiscard]] const map::DeviceMap& devices() const noexcept {
    return *devices_;
  }
  [[nodiscard]] std::span<const decode::XattrPrefix> prefixes() const noexcept {
    return prefixes_;
  }
  // What the records behind the superblock say; `available` lacks those that
  // are bad.
  [[nodiscard]] const decode::Codecs& codecs() const noexcept {
    return codecs_;
  }
  [[nodiscard]] std::span<const decode::CodecRecordPlace> codec_records()
      const noexcept {
    return codec_records_;
  }
  // For mapping all inodes but the metabox and the packed inode.
  [[nodiscard]] const map::Image& map_image() const noexcept { return image_; }
  // For mapping those two.
  [[nodiscard]] const map::Image& special_image() const noexcept {
    return special_image_;
  }
  [[nodiscard]] Decoders& decoders() const noexcept { return *decoders_; }
  [[nodiscard]] PclusterCache& cache() const noexcept { return cache_; }

  // Charges what was spent on the spaces below since the last call, by
  // anybody: steps of their maps as work, bytes that were decoded for the
  // cache as output. Everything that reads of them calls this.
  [[nodiscard]] Status charge(Budget& budget, Place where) const;

  // Decoded content of the metabox; nullptr where the image has none or it
  // cannot be read (then metabox_fault() says why).
  [[nodiscard]] const image::Source* metabox() const noexcept;
  [[nodiscard]] const std::optional<Fault>& metabox_fault() const noexcept {
    return metabox_fault_;
  }
  // The same for the packed inode.
  [[nodiscard]] const image::Source* packed() const noexcept;
  [[nodiscard]] const std::optional<Fault>& packed_fault() const noexcept {
    return packed_fault_;
  }

 private:
  Volume();

  decode::Superblock superblock_;
  decode::Codecs codecs_;
  std::vector<decode::CodecRecordPlace> codec_records_;
  std::optional<map::DeviceMap> devices_;
  std::vector<decode::XattrPrefix> prefixes_;
  map::Image image_;
  map::Image special_image_;
  mutable PclusterCache cache_;
  std::unique_ptr<Decoders> decoders_;
  std::unique_ptr<SpecialContent> metabox_;
  std::unique_ptr<SpecialContent> packed_;
  std::optional<Fault> metabox_fault_;
  std::optional<Fault> packed_fault_;
  std::vector<MountFault> mount_faults_;

  friend class VolumeOpener;
};

}  // namespace erofs::read

#endif  // EROFS_READ_VOLUME_H_
