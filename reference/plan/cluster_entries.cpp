// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/cluster_entries.h"

#include <algorithm>

#include "base/checked.h"

namespace erofs::plan {
namespace {

using format::ClusterType;

std::uint16_t distance(std::uint64_t value) {
  return static_cast<std::uint16_t>(
      std::min<std::uint64_t>(value, format::kDeltaMax));
}

ClusterEntry head_of(const Extent& extent, std::uint64_t position,
                     unsigned block_bits) {
  const std::uint64_t mask = (std::uint64_t{1} << block_bits) - 1;
  ClusterEntry out;
  const bool raw = extent.form == Form::kRaw || extent.form == Form::kInlineRaw;
  out.type = raw ? ClusterType::kPlain : ClusterType::kHead1;
  out.offset = static_cast<std::uint16_t>(position & mask);
  out.partial = extent.partial;
  if (extent.form == Form::kFragment) {
    out.block = extent.start >> 32;
  } else if (extent.form == Form::kRaw || extent.form == Form::kEncoded) {
    out.block = extent.start >> block_bits;
    out.addressed = true;
  }
  return out;
}

// Blocks that a count mark gives an extent.
std::uint32_t blocks_of(const Extent& extent, unsigned block_bits) {
  if (extent.form == Form::kFragment) return 0;
  return static_cast<std::uint32_t>(
      checked::ceil_div(extent.stored, std::uint64_t{1} << block_bits));
}

}  // namespace

std::vector<ClusterEntry> cluster_entries(std::span<const Extent> extents,
                                          std::uint64_t size,
                                          unsigned block_bits, bool big) {
  const std::uint64_t block = std::uint64_t{1} << block_bits;
  const std::uint64_t count = checked::ceil_div(size, block);
  std::vector<ClusterEntry> out(static_cast<std::size_t>(count));
  std::uint64_t position = 0;
  for (const Extent& extent : extents) {
    const std::uint64_t head = position >> block_bits;
    out[head] = head_of(extent, position, block_bits);
    position += extent.length;
    const std::uint64_t next =
        position >= size ? count : position >> block_bits;
    for (std::uint64_t k = head + 1; k < next; ++k) {
      out[k].back = distance(k - head);
      out[k].forward = distance(next - k);
      if (big && k == head + 1) {
        out[k].count_mark = 1 + blocks_of(extent, block_bits);
      }
    }
    // The mark of the end, where the last extent reaches into a cluster that
    // the file does not fill.
    if (next == count && count > head + 1 && size % block != 0) {
      ClusterEntry end;
      end.type = ClusterType::kPlain;
      end.offset = static_cast<std::uint16_t>(size % block);
      out[count - 1] = end;
      for (std::uint64_t k = head + 1; k + 1 < count; ++k) {
        out[k].forward = distance(count - 1 - k);
      }
    }
  }
  return out;
}

}  // namespace erofs::plan
