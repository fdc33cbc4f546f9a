// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_MAP_CLUSTER_H_
#define EROFS_MAP_CLUSTER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/budget.h"
#include "base/result.h"
#include "decode/cluster.h"
#include "format/cluster.gen.h"
#include "map/cluster_index.h"
#include "map/cluster_records.h"
#include "map/cluster_walk.h"
#include "map/extent.h"
#include "map/image.h"
#include "map/pcluster.h"

namespace erofs::map {

// The map of a compressed file, in any of its forms.
class ClusterMap {
 public:
  // What `image` and `file` point to outlives the map. A file of size 0 has
  // nothing to map: then not even the header is looked at.
  // Faults: cluster.header.within-image, cluster.index.within-image; those
  // of decode::cluster_header(); io.
  [[nodiscard]] static Result<ClusterMap> open(const File& file,
                                               const Image& image);

  // The extent that starts at `offset` < i_size.
  // Faults: those of pcluster().
  [[nodiscard]] Result<Extent> at(std::uint64_t offset, Budget& budget);

  // The physical cluster, and all of its extent, around `offset` < i_size.
  // Faults: cluster.extent.length, cluster.pcluster.length,
  // cluster.plain.length, cluster.algorithm.known,
  // cluster.algorithm.available (or what spoils the settings of the
  // algorithm), cluster.address.within-device; those of
  // index_extent(), ClusterRecords::extent(), inline_tail(), fragment() and
  // DeviceMap::locate(); limit; io.
  [[nodiscard]] Result<Pcluster> pcluster(std::uint64_t offset, Budget& budget);

  [[nodiscard]] const decode::ClusterHeader& header() const noexcept {
    return header_;
  }
  [[nodiscard]] format::ClusterHeaderView header_view() const noexcept {
    return format::ClusterHeaderView(header_bytes_);
  }
  [[nodiscard]] Place header_place() const noexcept { return header_place_; }
  // The index of an inode that has one, else nullptr; both are nullptr for
  // the short form and for a file without content.
  [[nodiscard]] ClusterIndex* index() noexcept {
    return index_ ? &*index_ : nullptr;
  }
  [[nodiscard]] ClusterRecords* records() noexcept {
    return records_ ? &*records_ : nullptr;
  }

 private:
  ClusterMap(const File& file, const Image& image)
      : image_(image), space_(file.space), size_(file.inode.size) {}

  [[nodiscard]] Result<Pcluster> find(std::uint64_t offset, Budget& budget);
  [[nodiscard]] Result<Pcluster> whole_fragment(Budget& budget) const;
  [[nodiscard]] Result<Pcluster> from_index(std::uint64_t offset,
                                            Budget& budget);
  [[nodiscard]] Status locate_index(const IndexExtent& extent,
                                    Pcluster& out) const;
  [[nodiscard]] Result<Pcluster> from_records(std::uint64_t offset,
                                              Budget& budget);
  [[nodiscard]] Status locate_record(const RecordExtent& extent,
                                     Pcluster& out) const;
  [[nodiscard]] Status judge_encoded(Pcluster& pcluster, std::uint64_t counted,
                                     std::uint8_t algorithm,
                                     Place named_at) const;
  [[nodiscard]] Status judge_algorithm(Pcluster& pcluster,
                                       std::uint8_t algorithm,
                                       Place named_at) const;
  [[nodiscard]] Result<Location> blocks(std::uint64_t address,
                                        std::uint64_t length, Place at) const;

  Image image_;
  const image::Source* space_;
  std::uint64_t size_;
  Place header_place_;
  std::array<std::byte, format::ClusterHeaderView::kSize> header_bytes_{};
  decode::ClusterHeader header_;
  std::optional<ClusterIndex> index_;
  std::optional<ClusterRecords> records_;
  Pcluster last_;  // covers nothing at first
};

}  // namespace erofs::map

#endif  // EROFS_MAP_CLUSTER_H_
