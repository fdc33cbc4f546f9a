// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_FUZZ_SUPPORT_CLUSTER_FORMS_H_
#define EROFS_FUZZ_SUPPORT_CLUSTER_FORMS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "format/cluster.gen.h"
#include "support/cluster_model.h"

// Writers of every form that can carry a model: the map header, and the table
// behind it.
namespace erofs::fuzz {

inline void append(Buffer& to, std::span<const std::byte> bytes) {
  to.insert(to.end(), bytes.begin(), bytes.end());
}

inline format::ClusterHeaderBuilder header(const Model& model) {
  format::ClusterHeaderBuilder out;
  out.h_advise_interlaced(model.interlaced ? 1 : 0)
      .h_advise_fragment(model.fragment ? 1 : 0)
      .h_algorithmtype_head1(0)
      .h_algorithmtype_head2(3);
  if (model.fragment) {
    out.h_fragmentoff(static_cast<std::uint32_t>(model.fragment_offset));
  }
  return out;
}

inline format::ClusterHeaderBuilder index_header(const Model& model) {
  auto out = header(model);
  out.h_advise_big_1(model.big ? 1 : 0).h_advise_big_2(model.big ? 1 : 0);
  if (model.inline_size != 0) {
    out.h_advise_inline_tail(1).h_fragmentoff_idata_size(model.inline_size);
  }
  return out;
}

inline Buffer full_index(const Model& model) {
  Buffer out;
  append(out, index_header(model).bytes());
  out.resize(out.size() + 8);
  for (const Slot& slot : slots(model)) {
    format::FullIndexBuilder entry;
    if (slot.begins != nullptr) {
      const ModelExtent& extent = *slot.begins;
      const bool tail = model.fragment && extent.end == model.size;
      entry.di_advise_type(static_cast<std::uint32_t>(extent.type))
          .di_advise_partial_ref(extent.partial ? 1 : 0)
          .di_clusterofs(static_cast<std::uint16_t>(extent.start &
                                                    (model.block_size() - 1)))
          .blkaddr(tail
                       ? static_cast<std::uint32_t>(model.fragment_offset >> 32)
                       : extent.block);
    } else if (slot.terminator) {
      entry.di_clusterofs(
          static_cast<std::uint16_t>(model.size & (model.block_size() - 1)));
    } else {
      entry.di_advise_type(2)
          .di_u_delta0(distance(model, slot))
          .di_u_delta1(static_cast<std::uint32_t>(
              std::min<std::uint64_t>(slot.forward, format::kDeltaMax)));
    }
    append(out, entry.bytes());
  }
  return out;
}

// `at`: where the header stands. Long packs where they are asked for.
inline Buffer compact_index(const Model& model, std::uint64_t at,
                            bool long_packs) {
  const std::vector<Slot> entries = slots(model);
  Buffer out;
  append(out, index_header(model).h_advise_form(long_packs ? 1 : 0).bytes());
  const unsigned low = std::max(model.bits, 12U);
  std::uint32_t next = model.extents.front().block;  // running address
  for (std::size_t first = 0; first < entries.size();) {
    const bool aligned = (at + out.size()) % 32 == 0;
    const bool full = long_packs && aligned && entries.size() - first >= 16;
    const std::size_t count = full ? 16 : 2;
    const std::size_t width = full ? 14 : 16;
    Buffer pack(full ? 32 : 8);
    std::optional<std::uint32_t> base;
    for (std::size_t i = 0; i < count && first + i < entries.size(); ++i) {
      const Slot& slot = entries[first + i];
      std::uint64_t value = 0;
      if (slot.head()) {
        const std::uint64_t start =
            slot.terminator ? model.size : slot.begins->start;
        const auto type =
            slot.terminator ? 0U : static_cast<unsigned>(slot.begins->type);
        value = (start & (model.block_size() - 1)) | type << low;
        if (slot.begins != nullptr) next = slot.begins->block;
        if (!base) base = model.big ? next : next - 1;
      } else {
        value = distance(model, slot);
        // Right behind the pack's edge: the count is that of `next`.
        if (i == 0 && model.big && slot.back == 1) base = next;
        const bool counts = model.big && slot.back == 1;
        if (i + 1 == count && !counts) {
          value = std::min<std::uint64_t>(slot.forward, format::kDeltaMax);
        }
        value |= std::uint64_t{2} << low;
      }
      for (std::size_t bit = 0; bit < low + 2; ++bit) {
        const std::size_t to = i * width + bit;
        if ((value >> bit & 1) != 0) pack[to / 8] |= std::byte{1} << to % 8;
      }
    }
    for (std::size_t i = 0; i < 4; ++i) {
      pack[pack.size() - 4 + i] =
          static_cast<std::byte>(base.value_or(0) >> (8 * i) & 0xFF);
    }
    append(out, pack);
    first += count;
  }
  return out;
}

// Records of `unit` bytes; those of 4 and 8 only where every extent but the
// last has 2^grid bytes.
inline Buffer extent_records(const Model& model, std::uint64_t at,
                             unsigned unit, unsigned grid) {
  const unsigned size_class = unit == 4    ? 0
                              : unit == 8  ? 1
                              : unit == 16 ? 2
                                           : 3;
  auto head = header(model);
  head.h_advise_form(1)
      .h_advise_big_1(size_class & 1)
      .h_advise_big_2(size_class >> 1)
      .h_algorithmtype(0)
      .h_fragmentoff(0);
  if (unit >= 16) {
    head.h_extents_lo(static_cast<std::uint32_t>(model.extents.size()));
  } else {
    head.h_clusterbits_lclusterbits(grid - model.bits);
  }
  Buffer out;
  append(out, head.bytes());
  while ((at + out.size()) % unit != 0) out.push_back(std::byte{0});
  const std::uint64_t first = std::uint64_t{model.extents[0].block}
                              << model.bits;
  if (unit == 4) {
    for (unsigned i = 0; i < 8; ++i) {
      out.push_back(static_cast<std::byte>(first >> (8 * i) & 0xFF));
    }
  }
  for (const ModelExtent& extent : model.extents) {
    const std::uint64_t address = std::uint64_t{extent.block} << model.bits;
    format::ExtentRecord32Builder record;
    const unsigned form = extent.type == format::ClusterType::kPlain   ? 0
                          : extent.type == format::ClusterType::kHead1 ? 1
                                                                       : 4;
    record.plen_length(extent.blocks << model.bits)
        .plen_partial_ref(extent.partial ? 1 : 0)
        .plen_format(form)
        .pstart_lo(static_cast<std::uint32_t>(address))
        .pstart_hi(static_cast<std::uint32_t>(address >> 32))
        .lstart_lo(static_cast<std::uint32_t>(extent.start))
        .lstart_hi(static_cast<std::uint32_t>(extent.start >> 32));
    if (model.fragment && extent.end == model.size) {
      record.plen(static_cast<std::uint32_t>(model.fragment_offset))
          .pstart_lo(static_cast<std::uint32_t>(model.fragment_offset >> 32));
    }
    append(out, record.bytes().first(unit));
  }
  return out;
}

}  // namespace erofs::fuzz

#endif  // EROFS_FUZZ_SUPPORT_CLUSTER_FORMS_H_
