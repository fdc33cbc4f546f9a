// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/xattr_names.h"

#include <xxhash.h>

#include <array>

#include "format/limits.gen.h"
#include "format/xattr.gen.h"
#include "plan/bytes_out.h"

namespace erofs::plan {
namespace {

using format::XattrIndex;

struct Base {
  std::uint8_t index;
  std::string_view rest;
};

// The namespace of a name, and what follows its prefix.
std::optional<Base> base_of(std::string_view name) {
  constexpr std::array<XattrIndex, 5> kShown = {
      XattrIndex::kUser, XattrIndex::kTrusted, XattrIndex::kSecurity,
      XattrIndex::kAclAccess, XattrIndex::kAclDefault};
  for (const XattrIndex index : kShown) {
    const std::string_view prefix = format::xattr_prefix(index);
    if (!name.starts_with(prefix)) continue;
    const std::string_view rest = name.substr(prefix.size());
    const bool acl =
        index == XattrIndex::kAclAccess || index == XattrIndex::kAclDefault;
    // An ACL's name is complete; in a namespace something has to follow.
    if (rest.empty() != acl) continue;
    return Base{static_cast<std::uint8_t>(index), rest};
  }
  return std::nullopt;
}

}  // namespace

const char* XattrNames::add_prefix(std::string_view prefix) {
  if (prefixes_.size() >= format::kPrefixCountMax) {
    return "an image has at most 128 long prefixes";
  }
  const std::optional<Base> base = base_of(prefix);
  if (!base || base->rest.empty()) {
    return "a long prefix begins with user., trusted. or security. and goes "
           "on behind that";
  }
  if (base->rest.size() >= format::kPrefixSizeMax) {
    return "a long prefix has at most 255 bytes behind its namespace";
  }
  prefixes_.push_back({base->index, std::string(base->rest)});
  return nullptr;
}

std::optional<StoredName> XattrNames::stored(std::string_view name) const {
  if (name.size() > format::kXattrNameMax) return std::nullopt;
  const std::optional<Base> base = base_of(name);
  if (!base) return std::nullopt;
  const auto hash = XXH32(base->rest.data(), base->rest.size(),
                          format::kXattrFilterSeed + base->index);
  StoredName out{base->index, base->rest, std::uint8_t(hash % 32)};
  for (std::size_t i = 0; i < prefixes_.size(); ++i) {
    const Prefix& prefix = prefixes_[i];
    if (prefix.base != base->index || !base->rest.starts_with(prefix.infix)) {
      continue;
    }
    out.index = static_cast<std::uint8_t>(format::kLongPrefixBit | i);
    out.suffix = base->rest.substr(prefix.infix.size());
    break;
  }
  return out;
}

std::vector<std::byte> XattrNames::table() const {
  std::vector<std::byte> out;
  for (const Prefix& prefix : prefixes_) {
    pad_to(out, format::kXattrUnit);
    format::XattrPrefixBuilder record;
    record.size(static_cast<std::uint16_t>(1 + prefix.infix.size()))
        .base_index(prefix.base);
    append(out, record.bytes());
    append_text(out, prefix.infix);
  }
  return out;
}

}  // namespace erofs::plan
