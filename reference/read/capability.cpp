// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/capability.h"

#include <limits>

#include "format/limits.gen.h"
#include "format/xattr.gen.h"

namespace erofs::read {
namespace {

using format::CapabilityV2Builder;
using format::CapabilityV2View;
using format::CapabilityV3View;

// Apart from the flag `effective`, the revision must be all of magic_etc.
template <class View>
bool has_revision(const View& view, std::uint32_t revision) noexcept {
  return view.magic_etc_unknown() == 0 && view.magic_etc_revision() == revision;
}

// The same sets without a root; `magic` is that of any version 2 value.
std::string as_version2(const CapabilityV3View& view) {
  CapabilityV2Builder out;
  out.magic_etc_effective(view.magic_etc_effective())
      .magic_etc_revision(format::kCapabilityRevision2)
      .permitted_lo(view.permitted_lo())
      .inheritable_lo(view.inheritable_lo())
      .permitted_hi(view.permitted_hi())
      .inheritable_hi(view.inheritable_hi());
  return std::string(ByteView(out.bytes()).text());
}

}  // namespace

std::optional<std::string> linux_capability(ByteView value) {
  if (value.size() == CapabilityV2View::kSize) {
    const auto bytes = value.fixed<CapabilityV2View::kSize>(0);
    if (!bytes ||
        !has_revision(CapabilityV2View(*bytes), format::kCapabilityRevision2)) {
      return std::nullopt;
    }
    return std::string(value.text());
  }
  if (value.size() != CapabilityV3View::kSize) return std::nullopt;
  const auto bytes = value.fixed<CapabilityV3View::kSize>(0);
  if (!bytes) return std::nullopt;
  const CapabilityV3View view(*bytes);
  // No user has the id of all ones.
  if (!has_revision(view, format::kCapabilityRevision3) ||
      view.rootid() == std::numeric_limits<std::uint32_t>::max()) {
    return std::nullopt;
  }
  if (view.rootid() == 0) return as_version2(view);
  return std::string(value.text());
}

}  // namespace erofs::read
