// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "check/hazards.h"
#include "check/phases.h"
#include "format/limits.gen.h"
#include "format/xattr.gen.h"
#include "read/xattrs.h"

namespace erofs::check {
namespace {

using format::ModeType;
using format::XattrIndex;

bool is_acl(std::uint8_t base_index) noexcept {
  const auto index = static_cast<XattrIndex>(base_index);
  return index == XattrIndex::kAclAccess || index == XattrIndex::kAclDefault;
}

Place value_at(const decode::XattrEntry& entry) noexcept {
  return entry.at.plus(format::XattrEntryView::kSize + entry.suffix.size());
}

// Whether `entry` carries a fingerprint for sharing page cache.
bool is_fingerprint(const Context& ctx,
                    const decode::XattrEntry& entry) noexcept {
  const auto& superblock = ctx.volume.superblock();
  return superblock.geometry.features.compat_has(
             format::compat::kIshareXattrs) &&
         entry.name_index ==
             (format::kLongPrefixBit | superblock.ishare_prefix_id);
}

void fingerprint(Context& ctx, const decode::XattrEntry& entry) {
  constexpr std::string_view kHead = "sha256:";
  constexpr std::size_t kDigest = std::size_t{1} << 5;
  const ByteView value = entry.value;
  if (!entry.suffix.empty() || value.size() != kHead.size() + kDigest ||
      value.head(kHead.size()).text() != kHead) {
    ctx.find(RuleId::xattr_ishare_value, value_at(entry), value.size());
  }
}

template <class View>
bool capability_of(ByteView value, std::uint32_t revision) noexcept {
  const auto bytes = value.fixed<View::kSize>(0);
  if (!bytes || value.size() != View::kSize) return false;
  const View view(*bytes);
  return view.magic_etc_revision() == revision && view.magic_etc_unknown() == 0;
}

void capability(Context& ctx, const decode::XattrEntry& entry) {
  using V2 = format::CapabilityV2View;
  using V3 = format::CapabilityV3View;
  const ByteView value = entry.value;
  if (capability_of<V2>(value, format::kCapabilityRevision2)) return;
  if (capability_of<V3>(value, format::kCapabilityRevision3)) {
    const auto bytes = value.fixed<V3::kSize>(0);
    // The id that stands for no user.
    if (bytes && V3(*bytes).rootid() != format::kAclNoId) return;
  }
  ctx.find(RuleId::xattr_capability_form, value_at(entry), value.size());
}

void name(Context& ctx, const decode::XattrEntry& entry,
          const read::XattrName& name, std::size_t listed) {
  const Place at = entry.at;
  if (listed == 0 && !is_fingerprint(ctx, entry)) {
    ctx.find(RuleId::xattr_index_known, at, name.base_index);
  }
  if (listed != 0 && name.rest.empty() && !is_acl(name.base_index)) {
    ctx.find(RuleId::xattr_name_nonempty, at, name.base_index);
  }
  const auto nul = ByteView::of_text(name.rest).find(std::byte{0});
  if (listed != 0 && nul) ctx.find(RuleId::xattr_name_nul, at, *nul);
  if (listed > format::kXattrNameMax) {
    ctx.find(RuleId::xattr_name_length, at, listed);
  }
}

void value(Context& ctx, const decode::XattrEntry& entry,
           const read::XattrName& name) {
  if (is_acl(name.base_index)) {
    if (name.rest.empty()) {
      acl(ctx, entry.value, value_at(entry));
    } else {
      ctx.find(RuleId::xattr_acl_no_suffix, entry.at, name.rest.size());
    }
  }
  if (static_cast<XattrIndex>(name.base_index) == XattrIndex::kSecurity &&
      name.rest == "capability") {
    capability(ctx, entry);
  }
  if (is_fingerprint(ctx, entry)) fingerprint(ctx, entry);
}

// Whether a long prefix that the table lacks is this entry's fault. It is
// not where the table could not be read.
bool table_is_whole(const Context& ctx) noexcept {
  return ctx.volume.prefixes().size() ==
         ctx.volume.superblock().xattr_prefix_count;
}

}  // namespace

XattrVerdict xattr_entry(Context& ctx, const decode::XattrEntry& entry) {
  XattrVerdict verdict;
  if (!entry.padding_zero) {
    ctx.find(RuleId::xattr_padding_zero, entry.at, entry.size);
  }
  if (entry.filler()) return verdict;
  read::XattrName full = read::xattr_name(ctx.volume, entry);
  // Names may be much longer than what is stored of them.
  verdict.judged =
      full.known_prefix &&
      ctx.ok(ctx.budget.work(sizeof(XattrFacts) + full.rest.size(), entry.at));
  if (!full.known_prefix && table_is_whole(ctx)) {
    ctx.find(RuleId::xattr_prefix_index_range, entry.at, entry.name_index);
  }
  if (!verdict.judged) return verdict;
  const std::size_t listed = full.linux_name().size();
  name(ctx, entry, full, listed);
  value(ctx, entry, full);
  verdict.named = true;
  verdict.facts.at = entry.at;
  verdict.facts.base_index = full.base_index;
  verdict.facts.filter_bit =
      static_cast<std::uint8_t>(read::xattr_filter_bit(full));
  verdict.facts.listed_bytes =
      static_cast<std::uint32_t>(listed == 0 ? 0 : listed + 1);
  verdict.facts.value =
      hazard_value(full.base_index, full.rest, entry.value.text());
  verdict.facts.rest = std::move(full.rest);
  verdict.facts.hash = std::hash<std::string>{}(verdict.facts.rest);
  return verdict;
}

void xattr_on_inode(Context& ctx, const decode::Inode& inode,
                    const XattrFacts& facts) {
  const auto index = static_cast<XattrIndex>(facts.base_index);
  const bool directory = inode.type == ModeType::kDirectory;
  if (index == XattrIndex::kUser && !directory &&
      inode.type != ModeType::kRegular) {
    ctx.find(RuleId::xattr_user_place, facts.at, facts.base_index);
  }
  const bool misplaced = inode.type == ModeType::kSymlink ||
                         (index == XattrIndex::kAclDefault && !directory);
  if (is_acl(facts.base_index) && misplaced) {
    ctx.find(RuleId::xattr_acl_place, facts.at, facts.base_index);
  }
  if (index == XattrIndex::kAclAccess || index == XattrIndex::kAclDefault) {
    ctx.report.inventory.has_acl = true;
  }
}

}  // namespace erofs::check
