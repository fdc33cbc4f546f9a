// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/read_ahead.h"

#include <algorithm>

#include "base/checked.h"

namespace erofs::read {

Result<ByteView> ReadAhead::get(const map::Location& from, std::uint64_t size,
                                std::uint64_t likely) {
  const std::uint64_t offset = from.place.offset;
  const bool same = from.source == source_;
  const auto at = same ? checked::sub(offset, start_) : std::nullopt;
  if (!at || !checked::within(*at, size, filled_)) {
    // The first read of a run is as large as it must be.
    window_ = same && offset == end_ ? std::min(2 * window_, kMost) : 0;
    const std::uint64_t left =
        checked::sub(from.source->size(), offset).value_or(0);
    const std::uint64_t length =
        std::max(size, std::min({window_, likely, left}));
    window_ = std::max(window_, length);
    EROFS_TRY(fill(from, size, length));
  }
  end_ = offset + size;
  return ByteView(bytes_).head(filled_).from(offset - start_)->head(size);
}

Status ReadAhead::fill(const map::Location& from, std::uint64_t size,
                       std::uint64_t length) {
  // A run goes on where it broke off: the first bytes may be here already.
  const bool same = from.source == source_;
  const auto at = same ? checked::sub(from.place.offset, start_) : std::nullopt;
  ByteView kept;
  if (at) {
    kept = ByteView(bytes_).head(filled_).from(*at).value_or(ByteView());
  }
  const std::size_t have = kept.size();
  if (bytes_.size() < length) {
    std::vector<std::byte> larger(static_cast<std::size_t>(length));
    MutableBytes(larger).copy_from(kept);
    bytes_ = std::move(larger);
  } else {
    MutableBytes(bytes_).copy_from(kept);
  }
  source_ = from.source;
  start_ = from.place.offset;
  filled_ = have;
  const map::Location rest{from.source, from.place.plus(have)};
  const MutableBytes room = MutableBytes(bytes_).head(length).tail(have);
  if (map::read(rest, room)) {
    filled_ = static_cast<std::size_t>(length);
    return {};
  }
  // What nobody asked for may be what cannot be read.
  const MutableBytes asked = MutableBytes(bytes_).head(size).tail(have);
  Status done = map::read(rest, asked);
  if (done) {
    filled_ = static_cast<std::size_t>(size);
  } else if (done.error().rule == RuleId{}) {
    done.error().where = from.place;
  }
  return done;
}

}  // namespace erofs::read
