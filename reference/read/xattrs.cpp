// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/xattrs.h"

#include <xxhash.h>

#include <array>

#include "base/checked.h"
#include "format/limits.gen.h"
#include "format/rule_ids.gen.h"
#include "format/xattr.gen.h"

namespace erofs::read {
namespace {

using format::XattrIndex;

// What fetching four bytes from anywhere costs: a page that no cache holds.
constexpr std::uint64_t kWorkPerFetch = 512;

// Namespaces that Linux has a handler for (fs/erofs/xattr.h).
bool has_handler(XattrIndex index) noexcept {
  return index == XattrIndex::kUser || index == XattrIndex::kAclAccess ||
         index == XattrIndex::kAclDefault || index == XattrIndex::kTrusted ||
         index == XattrIndex::kSecurity;
}

bool shared_in_metabox(const Volume& volume) noexcept {
  const auto& features = volume.geometry().features;
  return features.compat_has(format::compat::kSharedEaInMetabox);
}

// Bytes [at, at + length) of the space of shared entries.
Status read_shared(const image::Source& space, Place at, std::uint64_t length,
                   std::uint32_t id, std::vector<std::byte>& bytes,
                   Budget& budget) {
  if (!checked::within(at.offset, length, space.size())) {
    return malformed(RuleId::xattr_shared_id_within_image, at, id);
  }
  EROFS_TRY(budget.work(length, at));
  bytes.resize(static_cast<std::size_t>(length));
  return map::read({&space, at}, MutableBytes(bytes));
}

}  // namespace

Status xattr_area_within_space(const Node& node) {
  const std::uint64_t length = node.inode().xattr_size;
  if (length == 0) return {};
  const Place at = node.xattrs_at();
  if (!checked::within(at.offset, length, node.file.space->size())) {
    return malformed(RuleId::xattr_ibody_within_image, at, length);
  }
  return {};
}

Result<XattrArea> xattr_area(const Volume& volume, const Node& node,
                             Budget& budget) {
  XattrArea area;
  area.at = node.xattrs_at();
  const std::uint32_t length = node.inode().xattr_size;
  if (length == 0) return area;
  area.bytes.resize(length);
  EROFS_TRY(map::read({node.file.space, area.at}, MutableBytes(area.bytes)));
  EROFS_TRY(volume.charge(budget, area.at));
  EROFS_ASSIGN(area.body,
               decode::xattr_body(ByteView(area.bytes), area.at, budget));
  return area;
}

Place shared_xattr_place(const Volume& volume, std::uint32_t id) noexcept {
  return {shared_in_metabox(volume) ? Place::kMetabox : Place::kPrimary,
          volume.geometry().shared_xattr_at(id)};
}

Result<SharedXattr> shared_xattr(const Volume& volume, std::uint32_t id,
                                 Budget& budget) {
  const Place at = shared_xattr_place(volume, id);
  const image::Source* space = &volume.devices().primary();
  if (shared_in_metabox(volume)) {
    space = volume.metabox();
    if (space == nullptr && volume.metabox_fault()) {
      return tl::unexpected<Fault>(*volume.metabox_fault());
    }
    if (space == nullptr) {
      return malformed(RuleId::xattr_shared_id_within_image, at, id);
    }
  }
  EROFS_TRY(budget.work(kWorkPerFetch, at));
  SharedXattr shared;
  EROFS_TRY(read_shared(*space, at, format::XattrEntryView::kSize, id,
                        shared.bytes, budget));
  EROFS_ASSIGN(const std::uint32_t size,
               decode::xattr_entry_size(ByteView(shared.bytes), at));
  EROFS_TRY(read_shared(*space, at, size, id, shared.bytes, budget));
  EROFS_TRY(volume.charge(budget, at));
  EROFS_ASSIGN(shared.entry, decode::xattr_entry(ByteView(shared.bytes), at));
  return shared;
}

std::string XattrName::linux_name() const {
  const auto index = static_cast<XattrIndex>(base_index);
  if (!known_prefix || !has_handler(index)) return {};
  return std::string(format::xattr_prefix(index)) + rest;
}

XattrName xattr_name(const Volume& volume, const decode::XattrEntry& entry) {
  XattrName name;
  if ((entry.name_index & format::kLongPrefixBit) == 0) {
    name.base_index = entry.name_index;
    name.rest = entry.suffix;
    return name;
  }
  const std::size_t record = entry.name_index - format::kLongPrefixBit;
  if (record >= volume.prefixes().size()) {
    name.base_index = entry.name_index;
    name.rest = entry.suffix;
    name.known_prefix = false;
    return name;
  }
  const decode::XattrPrefix& prefix = volume.prefixes()[record];
  name.base_index = prefix.base_index;
  name.rest = prefix.infix;
  name.rest += entry.suffix;
  return name;
}

std::uint32_t xattr_filter_bit(const XattrName& name) {
  constexpr std::uint32_t kFilterBits = 8 * sizeof(std::uint32_t);
  const std::uint32_t hash = XXH32(name.rest.data(), name.rest.size(),
                                   format::kXattrFilterSeed + name.base_index);
  return hash % kFilterBits;
}

}  // namespace erofs::read
