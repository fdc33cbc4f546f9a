// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/cluster.h"

#include "base/checked.h"
#include "format/rule_ids.gen.h"
#include "map/cluster_tail.h"

namespace erofs::map {
namespace {

using format::ClusterHeaderView;
using format::ClusterType;
using Kind = Pcluster::Kind;

// Algorithms that the format defines.
constexpr std::uint8_t kAlgorithms =
    static_cast<std::uint8_t>(format::Algorithm::kZstd) + 1;

// `counted`: the length of the extent as Linux counts it.
Status judge_raw(const Pcluster& pcluster, std::uint64_t counted) {
  if (counted > pcluster.stored) {
    return malformed(RuleId::cluster_plain_length, pcluster.at, counted);
  }
  return {};
}

}  // namespace

Result<ClusterMap> ClusterMap::open(const File& file, const Image& image) {
  ClusterMap map(file, image);
  map.header_place_ = file.tail;
  if (map.size_ == 0) return map;

  const auto at = checked::round_up(file.tail.offset, ClusterHeaderView::kSize);
  if (!at ||
      !checked::within(*at, ClusterHeaderView::kSize, file.space->size())) {
    return malformed(RuleId::cluster_header_within_image, file.tail,
                     ClusterHeaderView::kSize);
  }
  map.header_place_.offset = *at;
  EROFS_TRY(
      read({file.space, map.header_place_}, MutableBytes(map.header_bytes_)));
  EROFS_ASSIGN(map.header_,
               decode::cluster_header(map.header_view(), file.inode.layout,
                                      map.header_place_, *image.geometry));
  if (map.header_.whole_fragment) return map;
  if (map.header_.extents) {
    EROFS_ASSIGN(map.records_,
                 ClusterRecords::open(*file.space, map.header_place_,
                                      map.header_, map.size_));
  } else {
    EROFS_ASSIGN(map.index_,
                 ClusterIndex::open(*file.space, map.header_place_, map.header_,
                                    map.size_, *image.geometry));
  }
  return map;
}

Result<Extent> ClusterMap::at(std::uint64_t offset, Budget& budget) {
  EROFS_ASSIGN(const Pcluster found, pcluster(offset, budget));
  return found.extent(offset, image_.geometry->block_bits);
}

Result<Pcluster> ClusterMap::pcluster(std::uint64_t offset, Budget& budget) {
  if (!last_.covers(offset)) {
    EROFS_ASSIGN(last_, find(offset, budget));
  }
  return last_;
}

Result<Pcluster> ClusterMap::find(std::uint64_t offset, Budget& budget) {
  if (index_) return from_index(offset, budget);
  if (records_) return from_records(offset, budget);
  return whole_fragment(budget);
}

Result<Pcluster> ClusterMap::whole_fragment(Budget& budget) const {
  EROFS_TRY(budget.work(1, header_place_));
  Pcluster out;
  out.kind = Kind::kFragment;
  out.tail = true;
  out.end = size_;
  out.at = header_place_;
  EROFS_ASSIGN(out.location,
               fragment(image_, header_.fragment_offset, size_, header_place_));
  return out;
}

Result<Pcluster> ClusterMap::from_index(std::uint64_t offset, Budget& budget) {
  EROFS_ASSIGN(const IndexExtent extent,
               index_extent(*index_, header_, size_, offset, budget));
  const std::uint64_t counted = extent.counted_end - extent.start;
  Pcluster out;
  out.tail = extent.tail;
  out.start = extent.start;
  out.end = extent.end;
  out.unit = extent.lcn;
  out.at = index_->entry_place(extent.lcn);
  const bool raw = extent.head.type == ClusterType::kPlain;
  const bool first = extent.head.type == ClusterType::kHead1;
  const std::uint8_t algorithm = first ? header_.head1 : header_.head2;
  const Place named_at =
      header_place_.plus(ClusterHeaderView::kHAlgorithmtypeAt);
  if (extent.tail && header_.fragment) {
    // Linux compares the length of a raw one with that of a pcluster which
    // is not there, and refuses it; of others it asks for the algorithm.
    EROFS_TRY(raw ? judge_raw(out, counted)
                  : judge_algorithm(out, algorithm, named_at));
    out.kind = Kind::kFragment;
    const std::uint64_t high = header_.compact ? 0 : extent.head.block;
    EROFS_ASSIGN(out.location,
                 fragment(image_, high << 32 | header_.fragment_offset,
                          out.length(), out.at));
    return out;
  }
  EROFS_TRY(locate_index(extent, out));
  if (raw) {
    out.kind = Kind::kRaw;
    // The bytes of an inline tail stand as they are: 6.12 does so, and
    // writers store them so.
    out.interlaced = header_.interlaced && !out.in_inode;
    EROFS_TRY(judge_raw(out, counted));
    return out;
  }
  out.partial = extent.head.partial;
  EROFS_TRY(judge_encoded(out, counted, algorithm, named_at));
  return out;
}

Status ClusterMap::locate_index(const IndexExtent& extent,
                                Pcluster& out) const {
  if (extent.tail && header_.idata_size != 0) {
    out.in_inode = true;
    out.stored = header_.idata_size;
    EROFS_ASSIGN(out.location, inline_tail(*space_, index_->end(), out.stored,
                                           *image_.geometry));
    return {};
  }
  // A count of 16 bits, and an address of 33.
  const unsigned bits = image_.geometry->block_bits;
  const std::uint64_t length = std::uint64_t{extent.blocks} << bits;
  if (length > format::kPclusterMax) {
    return malformed(RuleId::cluster_pcluster_length, out.at, length);
  }
  out.stored = static_cast<std::uint32_t>(length);
  EROFS_ASSIGN(out.location, blocks(extent.head.block << bits, length, out.at));
  return {};
}

Result<Pcluster> ClusterMap::from_records(std::uint64_t offset,
                                          Budget& budget) {
  EROFS_ASSIGN(const RecordExtent extent, records_->extent(offset, budget));
  Pcluster out;
  out.tail = extent.end == size_;
  out.start = extent.start;
  out.end = extent.end;
  out.unit = extent.index;
  out.at =
      extent.hole ? records_->place() : records_->record_place(extent.index);
  if (extent.hole) return out;
  if (extent.last && header_.fragment) {
    out.kind = Kind::kFragment;
    EROFS_ASSIGN(out.location, fragment(image_, extent.record.fragment_offset(),
                                        out.length(), out.at));
    return out;
  }
  if (extent.record.length == 0) return out;
  EROFS_TRY(locate_record(extent, out));
  if (extent.record.raw()) {
    out.kind = Kind::kRaw;
    // Both or none: what Linux 7.0 made of it, and what writers mean.
    const std::uint64_t both = extent.address | out.stored;
    out.interlaced =
        header_.interlaced && image_.geometry->block_offset(both) == 0;
    EROFS_TRY(judge_raw(out, out.length()));
    return out;
  }
  out.partial = extent.record.partial;
  EROFS_TRY(
      judge_encoded(out, out.length(), extent.record.algorithm(), out.at));
  return out;
}

Status ClusterMap::locate_record(const RecordExtent& extent,
                                 Pcluster& out) const {
  const std::uint32_t length = extent.record.length;
  if (length > format::kPclusterMax) {
    return malformed(RuleId::cluster_pcluster_length, out.at, length);
  }
  out.stored = length;
  EROFS_ASSIGN(out.location, blocks(extent.address, length, out.at));
  return {};
}

Status ClusterMap::judge_encoded(Pcluster& pcluster, std::uint64_t counted,
                                 std::uint8_t algorithm, Place named_at) const {
  if (counted > format::kExtentMax) {
    return malformed(RuleId::cluster_extent_length, pcluster.at, counted);
  }
  pcluster.kind = Kind::kEncoded;
  return judge_algorithm(pcluster, algorithm, named_at);
}

Status ClusterMap::judge_algorithm(Pcluster& pcluster, std::uint8_t algorithm,
                                   Place named_at) const {
  if (algorithm >= kAlgorithms) {
    return unsupported(RuleId::cluster_algorithm_known, named_at, algorithm);
  }
  pcluster.algorithm = static_cast<format::Algorithm>(algorithm);
  if (image_.codecs->has_lost(pcluster.algorithm)) {
    return tl::unexpected<Fault>(image_.codecs->lost_to);
  }
  if (!image_.codecs->has(pcluster.algorithm)) {
    return malformed(RuleId::cluster_algorithm_available, named_at, algorithm);
  }
  return {};
}

// The bytes [address, address + length) of the unified address space. All of
// the blocks that they touch have to be there: Linux reads no less
// (fs/erofs/zdata.c, z_erofs_submit_queue), which takes whole blocks with
// indexes, and begins and ends within blocks with records.
Result<Location> ClusterMap::blocks(std::uint64_t address, std::uint64_t length,
                                    Place at) const {
  constexpr RuleId kOutside = RuleId::cluster_address_within_device;
  const decode::Geometry& geometry = *image_.geometry;
  const std::uint64_t before = geometry.block_offset(address);
  const auto whole = checked::round_up(before + length, geometry.block_size());
  EROFS_ASSIGN(Location found,
               image_.devices->locate(0, address - before,
                                      whole.value_or(length), kOutside, at));
  found.place = found.place.plus(before);
  return found;
}

}  // namespace erofs::map
