// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "image/memory_source.h"

#include <cerrno>

namespace erofs::image {

Status MemorySource::read(std::uint64_t offset, MutableBytes out) const {
  const auto bytes = bytes_.slice(offset, out.size());
  if (!bytes) return io_fault({Place::kPrimary, offset}, ERANGE);
  out.copy_from(*bytes);
  return {};
}

}  // namespace erofs::image
