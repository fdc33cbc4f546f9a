// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/acl.h"

#include "format/limits.gen.h"
#include "format/xattr.gen.h"

namespace erofs::read {
namespace {

using format::AclEntryBuilder;
using format::AclEntryView;
using format::AclHeaderView;
using format::AclTag;

// The id that Linux reports for an entry; nothing where it refuses it.
std::optional<std::uint32_t> reported_id(const AclEntryView& entry) noexcept {
  switch (static_cast<AclTag>(entry.tag())) {
    case AclTag::kUserObj:
    case AclTag::kGroupObj:
    case AclTag::kMask:
    case AclTag::kOther:
      return format::kAclNoId;
    case AclTag::kUser:
    case AclTag::kGroup:
      if (entry.id() == format::kAclNoId) return std::nullopt;
      return entry.id();
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> linux_acl(ByteView value) {
  const auto header = value.fixed<AclHeaderView::kSize>(0);
  if (!header) return std::nullopt;
  if (AclHeaderView(*header).version() != format::kAclVersion) {
    return std::nullopt;
  }
  const std::uint64_t entries = value.size() - AclHeaderView::kSize;
  if (entries == 0 || entries % AclEntryView::kSize != 0) return std::nullopt;

  std::string out(ByteView(*header).text());
  out.reserve(value.size());
  for (std::uint64_t at = AclHeaderView::kSize; at < value.size();
       at += AclEntryView::kSize) {
    const auto bytes = value.fixed<AclEntryView::kSize>(at);
    if (!bytes) return std::nullopt;
    const AclEntryView entry(*bytes);
    const auto id = reported_id(entry);
    if (!id) return std::nullopt;
    const AclEntryBuilder written = AclEntryBuilder(entry).id(*id);
    out += ByteView(written.bytes()).text();
  }
  return out;
}

}  // namespace erofs::read
