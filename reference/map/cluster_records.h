// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_MAP_CLUSTER_RECORDS_H_
#define EROFS_MAP_CLUSTER_RECORDS_H_

#include <cstdint>

#include "base/budget.h"
#include "base/result.h"
#include "decode/cluster.h"
#include "decode/cluster_extent.h"
#include "image/source.h"
#include "map/running_sums.h"
#include "map/table_window.h"

namespace erofs::map {

// One extent as a record tells of it.
struct RecordExtent {
  std::uint64_t index = 0;  // of the record
  decode::ExtentRecord record;
  std::uint64_t address = 0;  // of the pcluster, bytes, whatever the form
  bool hole = false;          // it lies before the first record
  bool last = false;          // the record is the last one
  std::uint64_t start = 0;    // bytes in the file
  std::uint64_t end = 0;      // not behind the end of the file
};

// The table of extent records of a compressed inode.
class ClusterRecords {
 public:
  // `header` stands at `header_at` in `space`, which outlives this object,
  // and belongs to an inode of `size` bytes.
  // Faults: cluster.index.within-image.
  [[nodiscard]] static Result<ClusterRecords> open(
      const image::Source& space, Place header_at,
      const decode::ClusterHeader& header, std::uint64_t size);

  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  // Record `index` < count() as stored. Charges what it reads.
  // Faults: limit; io.
  [[nodiscard]] Result<decode::ExtentRecord> record(std::uint64_t index,
                                                    Budget& budget);
  // Its bytes, good until the next call.
  [[nodiscard]] Result<ByteView> raw(std::uint64_t index, Budget& budget);
  [[nodiscard]] Place record_place(std::uint64_t index) const noexcept;

  // The extent around byte `offset` below the size of the file. One behind
  // the other is cheap; else the table is bisected, or the addresses of small
  // records are added up from the nearest known one. Charges a step for each
  // record that it looks at. Spec: cluster-map, "Extent records".
  // Faults: cluster.record.sorted, at the record; limit; io.
  [[nodiscard]] Result<RecordExtent> extent(std::uint64_t offset,
                                            Budget& budget);

  // First byte of the table (with records of 4 bytes, of the address before
  // them), and first byte behind it.
  [[nodiscard]] Place place() const noexcept { return window_.place(); }
  [[nodiscard]] Place end() const noexcept { return record_place(count_); }

 private:
  [[nodiscard]] bool sorted() const noexcept;
  [[nodiscard]] Result<decode::ExtentRecord> peek(std::uint64_t index,
                                                  Budget& budget);
  [[nodiscard]] Result<RecordExtent> in_grid(std::uint64_t offset,
                                             Budget& budget);
  [[nodiscard]] Result<std::uint64_t> address(std::uint64_t index,
                                              Budget& budget);
  [[nodiscard]] Result<RecordExtent> bisect(std::uint64_t offset,
                                            Budget& budget);
  [[nodiscard]] Result<RecordExtent> behind(const RecordExtent& last,
                                            Budget& budget);

  TableWindow window_;
  std::uint64_t size_ = 0;   // of the file
  std::uint64_t count_ = 0;  // records
  std::uint8_t unit_ = 4;    // bytes of a record
  std::uint8_t lcluster_bits_ = 0;
  RunningSums addresses_;  // records of 4 bytes
  bool looked_ = false;    // last_ means something
  RecordExtent last_;
};

}  // namespace erofs::map

#endif  // EROFS_MAP_CLUSTER_RECORDS_H_
