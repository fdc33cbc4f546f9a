// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/phases.h"
#include "format/superblock.gen.h"
#include "format/xattr.gen.h"

namespace erofs::check {

void xattr_prefixes(Context& ctx) {
  const auto& superblock = ctx.volume.superblock();
  const auto prefixes = ctx.volume.prefixes();
  using Super = format::SuperblockView;
  const auto field = [](std::size_t at) {
    return Place{Place::kPrimary, format::kSuperblockOffset + at};
  };
  if (superblock.xattr_prefix_count > format::kPrefixCountMax) {
    ctx.find(RuleId::xattr_prefix_count, field(Super::kXattrPrefixCountAt),
             superblock.xattr_prefix_count);
  }
  const auto& features = superblock.geometry.features;
  if (superblock.xattr_prefix_count != 0 && superblock.packed_nid != 0 &&
      features.compat_has(format::compat::kPlainXattrPfx) &&
      !features.incompat_has(format::incompat::kMetabox)) {
    ctx.find(RuleId::xattr_prefix_old_kernels, field(Super::kFeatureCompatAt),
             features.compat);
  }
  using View = format::XattrPrefixView;
  constexpr auto kLast =
      static_cast<std::uint8_t>(format::XattrIndex::kSecurity);
  for (const decode::XattrPrefix& prefix : prefixes) {
    if (prefix.base_index > kLast) {
      ctx.find(RuleId::xattr_prefix_base, prefix.at.plus(View::kBaseIndexAt),
               prefix.base_index);
    }
    static_cast<void>(
        ctx.ok(ctx.space.add(prefix.at, View::kSize + prefix.infix.size(),
                             RangeKind::kPrefixTable, 0, ctx.budget)));
  }
}

}  // namespace erofs::check
