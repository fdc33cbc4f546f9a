// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "image/cached_source.h"

#include <algorithm>
#include <cerrno>

#include "base/checked.h"

namespace erofs::image {

CachedSource::CachedSource(const Source& inner)
    : inner_(inner), pages_(kPages) {}

Status CachedSource::read(std::uint64_t offset, MutableBytes out) const {
  if (!checked::within(offset, out.size(), size())) {
    return io_fault({Place::kPrimary, offset}, ERANGE);
  }
  if (out.size() >= kPageSize) return inner_.read(offset, out);
  while (!out.empty()) {
    const auto bytes = page(offset / kPageSize);
    // A page that cannot be read as a whole may hold bytes that can.
    if (!bytes) return inner_.read(offset, out);
    const auto found = bytes->from(offset % kPageSize);
    if (!found || found->empty()) return inner_.read(offset, out);
    const std::size_t copied = out.copy_from(*found);
    out = out.tail(copied);
    offset += copied;
  }
  return {};
}

Result<ByteView> CachedSource::page(std::uint64_t number) const {
  Page& slot = pages_[static_cast<std::size_t>(number % kPages)];
  if (slot.filled == 0 || slot.number != number) {
    const std::uint64_t start = number * kPageSize;
    const std::uint64_t length =
        std::min<std::uint64_t>(kPageSize, size() - start);
    slot.filled = 0;
    slot.bytes.resize(kPageSize);
    const auto room = MutableBytes(slot.bytes).head(length);
    EROFS_TRY(inner_.read(start, room));
    slot.number = number;
    slot.filled = room.size();
  }
  return ByteView(slot.bytes).head(slot.filled);
}

}  // namespace erofs::image
