// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/index_records.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <vector>

#include "base/checked.h"
#include "format/cluster.gen.h"
#include "format/limits.gen.h"
#include "plan/bytes_out.h"

namespace erofs::plan {
namespace {

constexpr std::uint64_t kMax32 = std::numeric_limits<std::uint32_t>::max();
// In front of records of 4 bytes: where the first extent begins.
constexpr std::size_t kBase = 8;
// Records that follow a grid reach at most this far each.
constexpr unsigned kGridBitsMax = 23;

bool raw(const Extent& extent) { return extent.form == Form::kRaw; }

// Raw blocks that lie one behind the other need one record together.
std::vector<Extent> joined(std::span<const Extent> extents) {
  std::vector<Extent> out;
  for (const Extent& next : extents) {
    if (!out.empty() && raw(out.back()) && raw(next) &&
        out.back().length == out.back().stored &&
        out.back().start + out.back().stored == next.start &&
        out.back().stored + next.stored <= format::kPclusterMax) {
      out.back().length += next.length;
      out.back().stored += next.stored;
      continue;
    }
    out.push_back(next);
  }
  return out;
}

// The base-2 logarithm of what all extents are long, but for a shorter last
// one; 0 where there is no such length.
unsigned grid_bits(std::span<const Extent> extents, unsigned block_bits) {
  const std::uint64_t first = extents.front().length;
  const std::uint64_t length =
      extents.size() == 1 ? std::bit_ceil(first) : first;
  const auto bits =
      std::max(block_bits, static_cast<unsigned>(std::countr_zero(length)));
  if (extents.size() > 1 && length != std::uint64_t{1} << bits) return 0;
  if (bits > kGridBitsMax) return 0;
  for (const Extent& extent : extents.first(extents.size() - 1)) {
    if (extent.length != length) return 0;
  }
  return extents.back().length <= std::uint64_t{1} << bits ? bits : 0;
}

bool follow_each_other(std::span<const Extent> extents) {
  for (std::size_t i = 1; i < extents.size(); ++i) {
    const Extent& before = extents[i - 1];
    if (extents[i].form == Form::kFragment) {
      if (extents[i].start > kMax32) return false;
    } else if (before.start + before.stored != extents[i].start) {
      return false;
    }
  }
  return true;
}

bool below_4_gib(std::span<const Extent> extents) {
  return std::all_of(extents.begin(), extents.end(), [](const Extent& extent) {
    return extent.form == Form::kFragment || extent.start <= kMax32;
  });
}

// Which records say it in the fewest bytes.
struct Shape {
  std::size_t unit = 0;
  unsigned grid = 0;  // base-2 logarithm of bytes; 0 for none
};

Shape shape_of(std::span<const Extent> extents, const MapFacts& facts) {
  Shape out;
  out.grid = grid_bits(extents, facts.block_bits);
  if (out.grid != 0 && follow_each_other(extents)) {
    out.unit = format::ExtentRecord4View::kSize;
  } else if (out.grid != 0 && below_4_gib(extents)) {
    out.unit = format::ExtentRecord8View::kSize;
  } else {
    out.grid = 0;
    out.unit = facts.size <= kMax32 ? format::ExtentRecord16View::kSize
                                    : format::ExtentRecord32View::kSize;
  }
  return out;
}

std::size_t padding(const Shape& shape, const MapFacts& facts) {
  const std::size_t behind = facts.header_at + format::ClusterHeaderView::kSize;
  return (shape.unit - behind % shape.unit) % shape.unit;
}

template <class Builder>
Builder record_of(const Extent& extent, const MapFacts& facts) {
  Builder out;
  if (extent.form == Form::kFragment) {
    out.plen(static_cast<std::uint32_t>(extent.start));
    return out;
  }
  out.plen_length(extent.stored)
      .plen_partial_ref(extent.partial ? 1 : 0)
      .plen_format(raw(extent) ? 0U : facts.algorithm + 1U);
  return out;
}

// Where an extent begins, or the high half of a fragment's place.
std::uint64_t start_of(const Extent& extent) {
  return extent.form == Form::kFragment ? extent.start >> 32 : extent.start;
}

void append_record(std::vector<std::byte>& out, const Extent& extent,
                   std::uint64_t at, const Shape& shape,
                   const MapFacts& facts) {
  using format::ExtentRecord16Builder;
  using format::ExtentRecord32Builder;
  using format::ExtentRecord4Builder;
  using format::ExtentRecord8Builder;
  const std::uint64_t start = start_of(extent);
  const auto low = static_cast<std::uint32_t>(start);
  const auto high = static_cast<std::uint32_t>(start >> 32);
  const auto at_low = static_cast<std::uint32_t>(at);
  switch (shape.unit) {
    case format::ExtentRecord4View::kSize:
      append(out, record_of<ExtentRecord4Builder>(extent, facts).bytes());
      break;
    case format::ExtentRecord8View::kSize:
      append(out, record_of<ExtentRecord8Builder>(extent, facts)
                      .pstart_lo(low)
                      .bytes());
      break;
    case format::ExtentRecord16View::kSize:
      append(out, record_of<ExtentRecord16Builder>(extent, facts)
                      .pstart_lo(low)
                      .pstart_hi(high)
                      .lstart_lo(at_low)
                      .bytes());
      break;
    default:
      append(out, record_of<ExtentRecord32Builder>(extent, facts)
                      .pstart_lo(low)
                      .pstart_hi(high)
                      .lstart_lo(at_low)
                      .lstart_hi(static_cast<std::uint32_t>(at >> 32))
                      .bytes());
      break;
  }
}

void append_header(std::vector<std::byte>& out, std::span<const Extent> extents,
                   const Shape& shape, const MapFacts& facts) {
  // The two bits that say "big" of indexes are the size of a record here.
  const auto size = static_cast<std::uint32_t>(
      std::countr_zero(shape.unit / format::ExtentRecord4View::kSize));
  format::ClusterHeaderBuilder header;
  header.h_advise_form(1)
      .h_advise_big_1(size & 1)
      .h_advise_big_2(size >> 1)
      .h_advise_fragment(extents.back().form == Form::kFragment ? 1 : 0);
  if (shape.grid != 0) {
    header.h_clusterbits_lclusterbits(shape.grid - facts.block_bits);
  } else {
    header.h_extents_lo(static_cast<std::uint32_t>(extents.size()));
  }
  append(out, header.bytes());
}

}  // namespace

bool records_can(std::span<const Extent> extents) noexcept {
  return extents.back().form != Form::kInline &&
         extents.back().form != Form::kInlineRaw;
}

std::size_t records_size(std::span<const Extent> extents,
                         const MapFacts& facts) {
  const std::vector<Extent> all = joined(extents);
  const Shape shape = shape_of(all, facts);
  const bool based = shape.unit == format::ExtentRecord4View::kSize;
  return format::ClusterHeaderView::kSize + padding(shape, facts) +
         (based ? kBase : 0) + all.size() * shape.unit;
}

std::vector<std::byte> extent_records(std::span<const Extent> extents,
                                      const MapFacts& facts) {
  const std::vector<Extent> all = joined(extents);
  const Shape shape = shape_of(all, facts);
  std::vector<std::byte> out;
  append_header(out, all, shape, facts);
  out.resize(out.size() + padding(shape, facts));
  if (shape.unit == format::ExtentRecord4View::kSize) {
    for (std::size_t k = 0; k < kBase; ++k) {
      out.push_back(static_cast<std::byte>(all.front().start >> (8 * k)));
    }
  }
  std::uint64_t at = 0;
  for (const Extent& extent : all) {
    append_record(out, extent, at, shape, facts);
    at += extent.length;
  }
  return out;
}

}  // namespace erofs::plan
