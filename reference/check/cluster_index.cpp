// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "check/phases.h"
#include "decode/cluster_extent.h"
#include "format/checks.gen.h"
#include "format/cluster.gen.h"

namespace erofs::check {
namespace {

using decode::ClusterHeader;
using decode::Lcluster;
using format::ClusterType;
using Full = format::FullIndexView;

// Judges the entries of one index in order.
class IndexPhase {
 public:
  IndexPhase(Context& ctx, const read::Node& node, const ClusterHeader& header,
             map::ClusterIndex& index)
      : ctx_(ctx), node_(node), header_(header), index_(index) {}

  void run();

 private:
  [[nodiscard]] bool entry(std::uint64_t lcn);
  void full(std::uint64_t lcn, const Lcluster& entry, ByteView bytes);
  void head(std::uint64_t lcn, const Lcluster& entry);
  void forward(std::uint64_t lcn, const Lcluster& entry);
  void end_of_run(std::uint64_t lcn);
  void unused_slot();

  Context& ctx_;
  const read::Node& node_;
  const ClusterHeader& header_;
  map::ClusterIndex& index_;
  // Of the NONHEAD entries since the last beginning of an extent: the one
  // that leads furthest, and where to.
  std::uint64_t furthest_ = 0;
  std::uint64_t leads_to_ = 0;
};

void IndexPhase::full(std::uint64_t lcn, const Lcluster& entry,
                      ByteView bytes) {
  const auto fixed = bytes.fixed<Full::kSize>(0);
  if (!fixed) return;
  const Place at = index_.entry_place(lcn);
  const Full view(*fixed);
  format::lint(view, ctx_.volume.geometry().features, [&](const auto& breach) {
    ctx_.find(breach.rule, at.plus(breach.at), breach.value);
  });
  if (entry.hole) {
    ctx_.find(RuleId::cluster_index_hole, at, view.di_advise());
  }
  if (entry.partial && entry.type == ClusterType::kPlain) {
    ctx_.find(RuleId::cluster_partial_plain, at, view.di_advise());
  }
}

// What a reader takes for the next beginning must not be beyond it.
void IndexPhase::end_of_run(std::uint64_t lcn) {
  if (leads_to_ > lcn) {
    ctx_.find(RuleId::cluster_delta1_in_extent, index_.entry_place(furthest_),
              leads_to_ - furthest_);
  }
  leads_to_ = 0;
}

void IndexPhase::head(std::uint64_t lcn, const Lcluster& entry) {
  end_of_run(lcn);
  const std::uint64_t size = node_.inode().size;
  // The file reaches into this logical cluster, so this does not overflow.
  const std::uint64_t begin = lcn << header_.lcluster_bits;
  const std::uint64_t left = size - begin;
  if (entry.clusterofs > left) {
    ctx_.find(RuleId::cluster_terminator_offset, index_.entry_place(lcn),
              entry.clusterofs);
  }
  if (entry.clusterofs < left && entry.type == ClusterType::kHead2) {
    ctx_.head2.note(node_.nid);
  }
}

void IndexPhase::forward(std::uint64_t lcn, const Lcluster& entry) {
  if (!entry.has_forward) return;
  if (entry.forward == 0) {
    ctx_.find(RuleId::cluster_delta1_nonzero, index_.entry_place(lcn), 0);
  }
  if (lcn + entry.forward > leads_to_) {
    leads_to_ = lcn + entry.forward;
    furthest_ = lcn;
  }
}

// The last pack of a compact index may have room for an entry more.
void IndexPhase::unused_slot() {
  using Pack = format::CompactPack4View;
  constexpr std::size_t kSlot = Pack::kEntriesSize / 2;
  const std::uint64_t last = index_.count() - 1;
  const Place pack = index_.entry_place(last);
  if (last != 0 && index_.entry_place(last - 1) == pack) return;
  const auto bytes = index_.raw(last, ctx_.budget);
  if (!ctx_.ok(bytes) || bytes->size() != Pack::kSize) return;
  const auto slot = bytes->slice(Pack::kEntriesAt + kSlot, kSlot);
  const auto at = slot ? slot->find_nonzero() : std::nullopt;
  if (!at) return;
  ctx_.find(RuleId::cluster_compact_unused,
            pack.plus(Pack::kEntriesAt + kSlot + *at),
            std::to_integer<std::uint64_t>(slot->span()[*at]));
}

bool IndexPhase::entry(std::uint64_t lcn) {
  const auto entry = index_.entry(lcn, ctx_.budget);
  if (!ctx_.ok(entry)) return false;
  if (!header_.compact) {
    const auto bytes = index_.raw(lcn, ctx_.budget);
    if (!ctx_.ok(bytes)) return false;
    full(lcn, *entry, *bytes);
  }
  if (entry->head()) {
    head(lcn, *entry);
  } else {
    forward(lcn, *entry);
  }
  return true;
}

void IndexPhase::run() {
  if (!ctx_.ok(ctx_.budget.work(index_.count(), index_.place()))) return;
  for (std::uint64_t lcn = 0; lcn < index_.count(); ++lcn) {
    if (!entry(lcn)) return;
  }
  end_of_run(index_.count());
  // Compact indexes count in blocks; of other sizes nobody knows the end.
  const std::uint8_t block_bits = ctx_.volume.geometry().block_bits;
  if (header_.compact && header_.lcluster_bits == block_bits) unused_slot();
}

}  // namespace

void cluster_index(Context& ctx, const read::Node& node,
                   const ClusterHeader& header, map::ClusterIndex& index) {
  IndexPhase(ctx, node, header, index).run();
}

namespace {

using Record4 = format::ExtentRecord4View;
using Record8 = format::ExtentRecord8View;
using Record16 = format::ExtentRecord16View;
using Record32 = format::ExtentRecord32View;

// `fragment`: plen is part of a position.
template <class View>
void record_fields(Context& ctx, ByteView bytes, Place at, bool fragment) {
  const auto fixed = bytes.fixed<View::kSize>(0);
  if (!fixed) return;
  format::lint(View(*fixed), ctx.volume.geometry().features,
               [&](const auto& breach) {
                 if (fragment && breach.at == View::kPlenAt) return;
                 ctx.find(breach.rule, at.plus(breach.at), breach.value);
               });
}

void record(Context& ctx, ByteView bytes, Place at, bool fragment) {
  switch (bytes.size()) {
    case Record4::kSize:
      return record_fields<Record4>(ctx, bytes, at, fragment);
    case Record8::kSize:
      return record_fields<Record8>(ctx, bytes, at, fragment);
    case Record16::kSize:
      return record_fields<Record16>(ctx, bytes, at, fragment);
    default:
      return record_fields<Record32>(ctx, bytes, at, fragment);
  }
}

}  // namespace

void cluster_records(Context& ctx, const ClusterHeader& header,
                     map::ClusterRecords& records) {
  if (!ctx.ok(ctx.budget.work(records.count(), records.place()))) return;
  for (std::uint64_t i = 0; i < records.count(); ++i) {
    const Place at = records.record_place(i);
    const auto bytes = records.raw(i, ctx.budget);
    if (!ctx.ok(bytes)) return;
    const auto found = decode::extent_record(*bytes);
    if (!found) return;
    const bool fragment = header.fragment && i + 1 == records.count();
    record(ctx, *bytes, at, fragment);
    if (!fragment && found->length == 0 && found->word != 0) {
      ctx.find(RuleId::cluster_record_hole_word, at, found->word);
    }
    if (i == 0 && found->lstart != 0) {
      ctx.find(RuleId::cluster_record_first_zero, at, found->lstart);
    }
  }
}

}  // namespace erofs::check
