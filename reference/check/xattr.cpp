// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "check/phases.h"
#include "format/checks.gen.h"
#include "format/xattr.gen.h"
#include "read/xattrs.h"

namespace erofs::check {
namespace {

using Header = format::XattrHeaderView;

// Linux keeps metadata in pages of this size, whatever a block has.
constexpr std::uint64_t kPage = 4096;

// All attributes of one inode, as far as they could be judged.
struct Attributes {
  std::vector<XattrFacts> own;         // inline ones
  std::vector<const XattrFacts*> all;  // inline and shared
  bool whole = true;                   // none is missing
};

void header(Context& ctx, const read::XattrArea& area) {
  const auto bytes = ByteView(area.bytes).fixed<Header::kSize>(0);
  if (!bytes) return;
  format::lint(Header(*bytes), ctx.volume.geometry().features,
               [&](const auto& breach) {
                 ctx.find(breach.rule, area.at.plus(breach.at), breach.value);
               });
}

// Reads and judges shared entry `id` the first time it is met.
const XattrVerdict& shared(Context& ctx, std::uint32_t id) {
  const auto known = ctx.shared.find(id);
  if (known != ctx.shared.end()) return known->second;
  XattrVerdict& verdict = ctx.shared[id];
  verdict.judged = false;
  const Place at = read::shared_xattr_place(ctx.volume, id);
  constexpr std::size_t kNode = sizeof(SharedXattrs::value_type);
  if (!ctx.ok(ctx.budget.memory(2 * kNode, at))) return verdict;
  const auto found = read::shared_xattr(ctx.volume, id, ctx.budget);
  if (!ctx.ok(found)) return verdict;
  static_cast<void>(
      ctx.ok(ctx.space.add(found->entry.at, found->entry.size,
                           RangeKind::kSharedXattr, id, ctx.budget)));
  verdict = xattr_entry(ctx, found->entry);
  static_cast<void>(ctx.ok(ctx.budget.memory(
      verdict.facts.rest.capacity() + verdict.facts.value.capacity(), at)));
  return verdict;
}

void gather(Context& ctx, const read::XattrArea& area, Attributes& into) {
  Inventory& inventory = ctx.report.inventory;
  inventory.inline_xattrs += area.body.entries.size();
  inventory.shared_xattrs += area.body.shared_ids.size();
  into.own.reserve(area.body.entries.size());
  for (const decode::XattrEntry& entry : area.body.entries) {
    XattrVerdict verdict = xattr_entry(ctx, entry);
    into.whole = into.whole && verdict.judged;
    if (verdict.named) into.own.push_back(std::move(verdict.facts));
    if (ctx.stopped) return;
  }
  for (const XattrFacts& facts : into.own) into.all.push_back(&facts);
  for (const std::uint32_t id : area.body.shared_ids) {
    const XattrVerdict& verdict = shared(ctx, id);
    into.whole = into.whole && verdict.judged;
    if (verdict.named) into.all.push_back(&verdict.facts);
    if (ctx.stopped) return;
  }
}

// Where Linux stands once it has looked at all inline attributes.
std::uint64_t inline_end(const read::XattrArea& area) noexcept {
  const std::uint64_t end = area.at.offset + area.bytes.size();
  if (area.body.entries.empty()) return end - format::kXattrUnit;
  const decode::XattrEntry& last = area.body.entries.back();
  // Fillers may follow it.
  if (last.at.offset + last.size < end) return end - format::kXattrUnit;
  return last.at.offset + format::XattrEntryView::kSize + last.suffix.size() -
         1;
}

void pages(Context& ctx, const read::XattrArea& area) {
  const std::vector<std::uint32_t>& ids = area.body.shared_ids;
  const std::size_t listed = Header::kSize + ids.size() * format::kXattrUnit;
  if (area.at.space != Place::kMetabox || ids.empty() ||
      area.bytes.size() <= listed) {
    return;
  }
  const Place first = read::shared_xattr_place(ctx.volume, ids.front());
  if (first.space == Place::kMetabox ||
      first.offset / kPage != inline_end(area) / kPage) {
    return;
  }
  ctx.find(RuleId::xattr_shared_page_same, first, ids.front());
}

bool same_name(const XattrFacts& a, const XattrFacts& b) noexcept {
  return a.base_index == b.base_index && a.rest == b.rest;
}

// Sorts by hash, so that long names that begin alike are not compared often.
// Names that nobody can ask for are free to repeat.
void unique(Context& ctx, std::vector<const XattrFacts*> all) {
  std::erase_if(all,
                [](const auto* facts) { return facts->listed_bytes == 0; });
  std::stable_sort(all.begin(), all.end(),
                   [](const XattrFacts* a, const XattrFacts* b) {
                     return std::pair(a->hash, a->base_index) <
                            std::pair(b->hash, b->base_index);
                   });
  for (std::size_t i = 1; i < all.size(); ++i) {
    // Among equal hashes another name may stand between two equal ones.
    for (std::size_t j = i; j-- > 0 && all[j]->hash == all[i]->hash;) {
      if (!ctx.ok(ctx.budget.work(1, all[i]->at))) return;
      if (!same_name(*all[j], *all[i])) continue;
      ctx.find(RuleId::xattr_name_unique, all[i]->at, all[i]->base_index);
      break;
    }
  }
}

void listing(Context& ctx, const read::XattrArea& area,
             const Attributes& attributes) {
  std::uint64_t bytes = 0;
  for (const XattrFacts* facts : attributes.all) bytes += facts->listed_bytes;
  if (bytes > format::kXattrListMax) {
    ctx.find(RuleId::xattr_list_size, area.at, bytes);
  }
}

void filter(Context& ctx, const read::XattrArea& area,
            const Attributes& attributes) {
  if (!ctx.volume.geometry().filter_usable) return;
  const std::uint32_t stored = area.body.name_filter;
  std::uint32_t present = 0;
  std::uint32_t reachable = 0;  // of them, names that somebody can ask for
  for (const XattrFacts* facts : attributes.all) {
    const std::uint32_t bit = std::uint32_t{1} << facts->filter_bit;
    present |= bit;
    if (facts->listed_bytes != 0) reachable |= bit;
  }
  const Place at = area.at.plus(Header::kHNameFilterAt);
  // A set bit says that the name is absent.
  if ((stored & reachable) != 0) {
    ctx.find(RuleId::xattr_filter_sound, at, stored);
  } else if (attributes.whole && stored != ~present) {
    ctx.find(RuleId::xattr_filter_exact, at, stored);
  }
}

}  // namespace

void xattrs(Context& ctx, const read::Node& node) {
  if (node.inode().xattr_size == 0) return;
  const auto area = read::xattr_area(ctx.volume, node, ctx.budget);
  if (!ctx.ok(area)) return;
  header(ctx, *area);
  pages(ctx, *area);
  Attributes attributes;
  gather(ctx, *area, attributes);
  if (ctx.stopped) return;
  for (const XattrFacts* facts : attributes.all) {
    xattr_on_inode(ctx, node.inode(), *facts);
    hazard_xattr(ctx, node, *facts);
  }
  unique(ctx, attributes.all);
  listing(ctx, *area, attributes);
  filter(ctx, *area, attributes);
}

}  // namespace erofs::check
