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
    const auto copied = copy(offset / kPageSize, offset % kPageSize, out);
    // A page that cannot be read as a whole may hold bytes that can.
    if (!copied || *copied == 0) return inner_.read(offset, out);
    out = out.tail(*copied);
    offset += *copied;
  }
  return {};
}

Result<std::size_t> CachedSource::copy(std::uint64_t number, std::uint64_t at,
                                       MutableBytes out) const {
  const auto index = static_cast<std::size_t>(number % kPages);
  Page& slot = pages_[index];
  const std::scoped_lock lock(locks_.at(index % kLocks));
  if (slot.filled == 0 || slot.number != number) {
    EROFS_TRY(load(slot, number));
  }
  const ByteView bytes = ByteView(slot.bytes).head(slot.filled);
  return out.copy_from(bytes.from(at).value_or(ByteView()));
}

Status CachedSource::load(Page& slot, std::uint64_t number) const {
  const std::uint64_t start = number * kPageSize;
  const std::uint64_t length =
      std::min<std::uint64_t>(kPageSize, size() - start);
  slot.filled = 0;
  slot.bytes.resize(kPageSize);
  const auto room = MutableBytes(slot.bytes).head(length);
  EROFS_TRY(inner_.read(start, room));
  slot.number = number;
  slot.filled = room.size();
  return {};
}

}  // namespace erofs::image
