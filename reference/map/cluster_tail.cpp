// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/cluster_tail.h"

#include "base/checked.h"
#include "format/rule_ids.gen.h"

namespace erofs::map {

Result<Location> inline_tail(const image::Source& space, Place at,
                             std::uint32_t length,
                             const decode::Geometry& geometry) {
  // Readers map the block that it begins in, not two.
  if (geometry.block_offset(at.offset) + length > geometry.block_size()) {
    return malformed(RuleId::cluster_inline_fit, at, length);
  }
  if (!checked::within(at.offset, length, space.size())) {
    return malformed(RuleId::cluster_inline_within_image, at, length);
  }
  return Location{&space, at};
}

Result<Location> fragment(const Image& image, std::uint64_t offset,
                          std::uint64_t length, Place named_at) {
  if (!image.fragments) {
    return malformed(RuleId::cluster_fragment_nested, named_at, offset);
  }
  if (image.packed == nullptr) {
    if (image.packed_fault != nullptr) {
      return tl::unexpected<Fault>(*image.packed_fault);
    }
    return malformed(RuleId::cluster_fragment_packed, named_at, offset);
  }
  if (!checked::within(offset, length, image.packed->size())) {
    constexpr std::uint64_t kFarthest = ~std::uint64_t{0};
    return malformed(RuleId::cluster_fragment_within_packed, named_at,
                     checked::add(offset, length).value_or(kFarthest));
  }
  return Location{image.packed, {Place::kPacked, offset}};
}

}  // namespace erofs::map
