// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/cluster_records.h"

#include <algorithm>
#include <optional>

#include "base/checked.h"
#include "format/cluster.gen.h"
#include "format/rule_ids.gen.h"
#include "map/cluster_index.h"

namespace erofs::map {
namespace {

using decode::ExtentRecord;
using format::ClusterHeaderView;
using format::ExtentRecord16View;
using format::ExtentRecord4View;

constexpr std::uint64_t kFarthest = ~std::uint64_t{0};

// Records of 4 bytes have the address of the first pcluster before them.
constexpr std::uint64_t kBase = sizeof(std::uint64_t);

// What an extent costs beside a step for each record.
constexpr std::uint64_t kWorkPerExtent = 18;

std::uint64_t base_before(std::uint8_t unit) noexcept {
  return unit == ExtentRecord4View::kSize ? kBase : 0;
}

std::uint64_t little_endian(ByteView bytes) noexcept {
  std::uint64_t value = 0;
  const auto span = bytes.span();
  for (std::size_t i = span.size(); i-- > 0;) {
    value = value << 8 | std::to_integer<std::uint64_t>(span[i]);
  }
  return value;
}

}  // namespace

Result<ClusterRecords> ClusterRecords::open(const image::Source& space,
                                            Place header_at,
                                            const decode::ClusterHeader& header,
                                            std::uint64_t size) {
  ClusterRecords table;
  table.size_ = size;
  table.unit_ = header.record_size;
  table.lcluster_bits_ = header.lcluster_bits;
  table.count_ = table.sorted()
                     ? header.record_count
                     : checked::ceil_div(size, header.lcluster_size());
  Place at = header_at.plus(ClusterHeaderView::kSize);
  const auto start = checked::round_up(at.offset, table.unit_);
  const auto records = checked::mul(table.count_, table.unit_);
  const auto bytes =
      records ? checked::add(*records, base_before(table.unit_)) : std::nullopt;
  if (!start || !bytes || !checked::within(*start, *bytes, space.size())) {
    return tl::unexpected<Fault>(table_outside(at, table.count_));
  }
  at.offset = *start;
  table.window_ = TableWindow(space, at, *bytes);
  return table;
}

bool ClusterRecords::sorted() const noexcept {
  return unit_ >= ExtentRecord16View::kSize;
}

Place ClusterRecords::record_place(std::uint64_t index) const noexcept {
  return place().plus(base_before(unit_) + index * unit_);
}

Result<ByteView> ClusterRecords::raw(std::uint64_t index, Budget& budget) {
  return window_.bytes(base_before(unit_) + index * unit_, unit_, budget);
}

Result<ExtentRecord> ClusterRecords::record(std::uint64_t index,
                                            Budget& budget) {
  EROFS_ASSIGN(const ByteView bytes, raw(index, budget));
  return decode::extent_record(bytes).value_or(ExtentRecord{});
}

Result<ExtentRecord> ClusterRecords::peek(std::uint64_t index, Budget& budget) {
  EROFS_ASSIGN(const ByteView bytes,
               window_.peek(base_before(unit_) + index * unit_, unit_, budget));
  return decode::extent_record(bytes).value_or(ExtentRecord{});
}

// Where the pcluster of record `index` begins: behind those before it.
// Addresses that do not fit 64 bits stay at the last one.
Result<std::uint64_t> ClusterRecords::address(std::uint64_t index,
                                              Budget& budget) {
  if (!addresses_.started()) {
    EROFS_ASSIGN(const ByteView base, window_.bytes(0, kBase, budget));
    addresses_.start(little_endian(base));
  }
  RunningSums::Sum sum = addresses_.before(index);
  const std::uint64_t steps = index - sum.index;
  EROFS_TRY(budget.work(steps, record_place(index)));
  while (sum.index < index) {
    EROFS_ASSIGN(const ExtentRecord before, record(sum.index, budget));
    ++sum.index;
    sum.value = checked::add(sum.value, before.length).value_or(kFarthest);
    addresses_.note(sum);
  }
  return sum.value;
}

// Records of 4 and 8 bytes: one for each logical cluster.
Result<RecordExtent> ClusterRecords::in_grid(std::uint64_t offset,
                                             Budget& budget) {
  RecordExtent out;
  out.index = offset >> lcluster_bits_;
  out.start = out.index << lcluster_bits_;
  const std::uint64_t lcluster = std::uint64_t{1} << lcluster_bits_;
  out.end = out.start + std::min(lcluster, size_ - out.start);
  out.last = out.index + 1 == count_;
  // The records before it come first: they may be in the page at hand.
  std::optional<std::uint64_t> added;
  if (unit_ == ExtentRecord4View::kSize) {
    EROFS_ASSIGN(added, address(out.index, budget));
  }
  EROFS_ASSIGN(out.record, record(out.index, budget));
  out.address = added.value_or(out.record.pstart);
  return out;
}

// The extent that begins where `last` ends, which was its record's doing.
Result<RecordExtent> ClusterRecords::behind(const RecordExtent& last,
                                            Budget& budget) {
  RecordExtent out;
  out.index = last.hole ? 0 : last.index + 1;
  out.start = last.end;
  out.end = size_;
  out.last = out.index + 1 == count_;
  EROFS_ASSIGN(out.record, record(out.index, budget));
  out.address = out.record.pstart;
  if (out.last) return out;
  EROFS_ASSIGN(const ExtentRecord next, record(out.index + 1, budget));
  if (next.lstart <= out.start || next.lstart >= size_) {
    return malformed(RuleId::cluster_record_sorted, record_place(out.index + 1),
                     next.lstart);
  }
  out.end = next.lstart;
  return out;
}

// Every record that is looked at must stand between its nearest neighbours
// among those looked at before.
Result<RecordExtent> ClusterRecords::bisect(std::uint64_t offset,
                                            Budget& budget) {
  RecordExtent out;
  out.hole = true;
  out.end = size_;
  std::uint64_t low = 0;  // records before it begin at or before `offset`
  std::uint64_t high = count_;
  std::uint64_t steps = 0;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    // Those that are far apart have nothing else of use around them.
    const bool far = (high - low) * unit_ > TableWindow::kPage;
    EROFS_ASSIGN(const ExtentRecord found,
                 far ? peek(middle, budget) : record(middle, budget));
    ++steps;
    if (found.lstart >= out.end || (!out.hole && found.lstart <= out.start)) {
      return malformed(RuleId::cluster_record_sorted, record_place(middle),
                       found.lstart);
    }
    if (found.lstart > offset) {
      high = middle;
      out.end = found.lstart;
      continue;
    }
    low = middle + 1;
    out.hole = false;
    out.index = middle;
    out.record = found;
    out.address = found.pstart;
    out.start = found.lstart;
  }
  out.last = !out.hole && low == count_;
  EROFS_TRY(budget.work(steps, record_place(out.index)));
  if (out.hole || out.index == 0) return out;
  // Of several that begin alike only one would ever be seen.
  EROFS_ASSIGN(const ExtentRecord before, peek(out.index - 1, budget));
  if (before.lstart < out.start) return out;
  return malformed(RuleId::cluster_record_sorted, record_place(out.index),
                   out.start);
}

Result<RecordExtent> ClusterRecords::extent(std::uint64_t offset,
                                            Budget& budget) {
  EROFS_TRY(budget.work(kWorkPerExtent, place()));
  if (!sorted()) return in_grid(offset, budget);
  const bool follows = looked_ && offset == last_.end;
  looked_ = false;
  EROFS_ASSIGN(last_, follows ? behind(last_, budget) : bisect(offset, budget));
  looked_ = true;
  return last_;
}

}  // namespace erofs::map
