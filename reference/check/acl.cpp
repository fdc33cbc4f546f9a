// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <array>
#include <cstdint>
#include <optional>
#include <tuple>

#include "check/phases.h"
#include "format/limits.gen.h"
#include "format/xattr.gen.h"

namespace erofs::check {
namespace {

using Header = format::AclHeaderView;
using Entry = format::AclEntryView;
using format::AclTag;

constexpr std::uint16_t kAllPermissions = 7;

bool named(std::uint16_t tag) noexcept {
  return tag == static_cast<std::uint16_t>(AclTag::kUser) ||
         tag == static_cast<std::uint16_t>(AclTag::kGroup);
}

bool known(std::uint16_t tag) noexcept {
  return tag <= static_cast<std::uint16_t>(AclTag::kOther) &&
         !format::name_of(static_cast<AclTag>(tag)).empty();
}

// How often each tag occurs.
class Tags {
 public:
  void count(std::uint16_t tag) noexcept {
    if (counts_[tag] < 2) ++counts_[tag];
  }
  [[nodiscard]] unsigned of(AclTag tag) const noexcept {
    return counts_[static_cast<std::size_t>(tag)];
  }
  // Each class of users has its entry, and a mask bounds the named ones.
  [[nodiscard]] bool complete() const noexcept {
    const bool needs_mask = of(AclTag::kUser) != 0 || of(AclTag::kGroup) != 0;
    return of(AclTag::kUserObj) == 1 && of(AclTag::kGroupObj) == 1 &&
           of(AclTag::kOther) == 1 && of(AclTag::kMask) <= 1 &&
           (!needs_mask || of(AclTag::kMask) == 1);
  }

 private:
  std::array<unsigned, static_cast<std::size_t>(AclTag::kOther) + 1> counts_{};
};

// Whether an entry is one that Linux can decode and a list may hold.
bool acceptable(const Entry& entry) noexcept {
  return known(entry.tag()) && entry.perm() <= kAllPermissions &&
         !(named(entry.tag()) && entry.id() == format::kAclNoId);
}

// Ids count only for the tags that need one.
auto sort_key(const Entry& entry) noexcept {
  return std::tuple(entry.tag(), named(entry.tag()) ? entry.id() : 0);
}

void entries(Context& ctx, ByteView value, Place at) {
  Tags tags;
  std::optional<Entry> before;
  bool ordered = true;
  for (std::uint64_t offset = Header::kSize; offset < value.size();
       offset += Entry::kSize) {
    const auto bytes = value.fixed<Entry::kSize>(offset);
    if (!bytes) return;
    const Entry entry(*bytes);
    if (!acceptable(entry)) {
      ctx.find(RuleId::xattr_acl_tags, at.plus(offset), entry.tag());
      return;
    }
    tags.count(entry.tag());
    if (before && sort_key(entry) <= sort_key(*before)) ordered = false;
    before = entry;
  }
  if (!tags.complete()) {
    ctx.find(RuleId::xattr_acl_tags, at, value.size());
  } else if (!ordered) {
    ctx.find(RuleId::xattr_acl_order, at, value.size());
  }
}

}  // namespace

void acl(Context& ctx, ByteView value, Place at) {
  const auto head = value.fixed<Header::kSize>(0);
  if (!head || value.size() == Header::kSize ||
      (value.size() - Header::kSize) % Entry::kSize != 0) {
    ctx.find(RuleId::xattr_acl_size, at, value.size());
    return;
  }
  const Header header(*head);
  if (header.version() != format::kAclVersion) {
    ctx.find(RuleId::xattr_acl_version, at, header.version());
    return;
  }
  entries(ctx, value, at);
}

}  // namespace erofs::check
