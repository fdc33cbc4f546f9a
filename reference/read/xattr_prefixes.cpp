// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/xattr_prefixes.h"

#include <array>

#include "base/checked.h"
#include "format/limits.gen.h"
#include "format/rule_ids.gen.h"
#include "format/xattr.gen.h"

namespace erofs::read {
namespace {

// Bytes of the longest record, its size field included.
constexpr std::size_t kLongestRecord =
    format::XattrPrefixView::kSizeSize + format::kPrefixSizeMax;

// Byte 0 of the space that holds the table.
Result<map::Location> table_space(const Volume& volume) {
  const decode::Superblock& superblock = volume.superblock();
  const auto& features = superblock.geometry.features;
  const bool plain = features.compat_has(format::compat::kPlainXattrPfx);
  if (!plain && features.incompat_has(format::incompat::kMetabox)) {
    if (volume.metabox() == nullptr) {
      return tl::unexpected<Fault>(volume.metabox_fault().value_or(Fault{}));
    }
    return map::Location{volume.metabox(), {Place::kMetabox, 0}};
  }
  if (!plain && superblock.packed_nid != 0) {
    if (volume.packed() == nullptr) {
      return tl::unexpected<Fault>(volume.packed_fault().value_or(Fault{}));
    }
    return map::Location{volume.packed(), {Place::kPacked, 0}};
  }
  return map::Location{&volume.devices().primary(), {Place::kPrimary, 0}};
}

// Reads the record at `at` into `room`; the result is its bytes there.
Result<ByteView> record_at(const map::Location& at, MutableBytes room,
                           Budget& budget) {
  const std::uint64_t size = at.source->size();
  const std::uint64_t left = checked::sub(size, at.place.offset).value_or(0);
  const MutableBytes part = room.head(left);
  EROFS_TRY(budget.work(part.size(), at.place));
  if (part.size() < format::XattrPrefixView::kSizeSize) {
    return malformed(RuleId::xattr_prefix_within_image, at.place, size);
  }
  EROFS_TRY(map::read(at, part));
  EROFS_ASSIGN(const std::uint32_t payload,
               decode::xattr_prefix_size(part.view(), at.place));
  const auto record =
      part.view().slice(0, format::XattrPrefixView::kSizeSize + payload);
  if (!record) {
    return malformed(RuleId::xattr_prefix_within_image, at.place, size);
  }
  return *record;
}

}  // namespace

Result<std::vector<decode::XattrPrefix>> xattr_prefixes(const Volume& volume,
                                                        Budget& budget) {
  std::vector<decode::XattrPrefix> table;
  const std::uint32_t count = volume.superblock().xattr_prefix_count;
  if (count == 0) return table;
  EROFS_ASSIGN(map::Location at, table_space(volume));
  at.place = at.place.plus(volume.superblock().xattr_prefix_start);
  EROFS_TRY(budget.memory(count * sizeof(decode::XattrPrefix), at.place));
  std::array<std::byte, kLongestRecord> room{};
  for (std::uint32_t i = 0; i < count; ++i) {
    EROFS_ASSIGN(const ByteView record,
                 record_at(at, MutableBytes(room), budget));
    EROFS_ASSIGN(decode::XattrPrefix prefix,
                 decode::xattr_prefix(record, at.place));
    EROFS_TRY(budget.memory(prefix.infix.size(), at.place));
    table.push_back(std::move(prefix));
    // Starts at a unit and stays far below 2^34, so this cannot overflow.
    at.place.offset +=
        (record.size() + format::kXattrUnit - 1) & ~(format::kXattrUnit - 1);
  }
  return table;
}

}  // namespace erofs::read
