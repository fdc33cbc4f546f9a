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

std::uint8_t filter_bit(const Base& base) {
  const auto hash = XXH32(base.rest.data(), base.rest.size(),
                          format::kXattrFilterSeed + base.index);
  return static_cast<std::uint8_t>(hash % 32);
}

}  // namespace

const char* XattrNames::add(const Prefix& prefix) {
  if (prefixes_.size() >= format::kPrefixCountMax) {
    return "an image has at most 128 long prefixes";
  }
  if (prefix.infix.size() >= format::kPrefixSizeMax) {
    return "a long prefix has at most 255 bytes behind its namespace";
  }
  prefixes_.push_back(prefix);
  return nullptr;
}

const char* XattrNames::add_prefix(std::string_view prefix) {
  const std::optional<Base> base = base_of(prefix);
  if (!base || base->rest.empty()) {
    return "a long prefix begins with user., trusted. or security. and goes "
           "on behind that";
  }
  return add({base->index, std::string(base->rest)});
}

const char* XattrNames::add_digest(std::string_view name) {
  if (name.empty()) return "the attribute of digests needs a name";
  if (name.size() > format::kXattrNameMax) {
    return "the name of an attribute has at most 255 bytes";
  }
  const Base base = base_of(name).value_or(Base{0, name});
  if (base.rest.empty()) return "digests and ACLs are different things";
  if (const char* reason = add({base.index, std::string(base.rest)})) {
    return reason;
  }
  digest_ = static_cast<std::uint8_t>(prefixes_.size() - 1);
  digest_name_ = name;
  return nullptr;
}

std::optional<StoredName> XattrNames::stored(std::string_view name) const {
  if (name.size() > format::kXattrNameMax) return std::nullopt;
  if (!digest_name_.empty() && name == digest_name_) {
    const Prefix& all = prefixes_[digest_];
    return StoredName{
        static_cast<std::uint8_t>(format::kLongPrefixBit | digest_),
        name.substr(name.size()), filter_bit({all.base, all.infix})};
  }
  const std::optional<Base> base = base_of(name);
  if (!base) return std::nullopt;
  StoredName out{base->index, base->rest, filter_bit(*base)};
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
