// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "image/memory_target.h"

#include <algorithm>
#include <cerrno>

#include "base/checked.h"

namespace erofs::image {

int MemoryTarget::write(std::uint64_t offset, ByteView bytes) {
  const auto end = checked::add(offset, bytes.size());
  if (!end || *end > bytes_.max_size()) return EFBIG;
  if (*end > bytes_.size()) bytes_.resize(static_cast<std::size_t>(*end));
  std::copy_n(bytes.span().begin(), bytes.size(),
              bytes_.begin() + static_cast<std::ptrdiff_t>(offset));
  return 0;
}

int MemoryTarget::read(std::uint64_t offset, MutableBytes out) {
  const auto there = ByteView(bytes_).slice(offset, out.size());
  if (!there) return ERANGE;
  out.copy_from(*there);
  return 0;
}

}  // namespace erofs::image
