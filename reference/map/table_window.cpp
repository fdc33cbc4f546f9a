// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/table_window.h"

#include <algorithm>
#include <cerrno>

#include "base/checked.h"

namespace erofs::map {

// Reads what the page around `offset` holds of the table.
Status TableWindow::fill(std::uint64_t offset, Budget& budget) {
  const std::uint64_t in_page = (place_.offset + offset) % kPage;
  const std::uint64_t first = offset - std::min(offset, in_page);
  const std::uint64_t end = std::min(size_, offset - in_page + kPage);
  const Place at = place_.plus(first);
  EROFS_TRY(budget.work(end - first, at));
  bytes_.resize(static_cast<std::size_t>(end - first));
  first_ = first;
  const Status done = read({space_, at}, MutableBytes(bytes_));
  if (!done) bytes_.clear();
  return done;
}

Result<ByteView> TableWindow::bytes(std::uint64_t offset, std::uint64_t length,
                                    Budget& budget) {
  if (offset >= first_) {
    const auto there = ByteView(bytes_).slice(offset - first_, length);
    if (there) return *there;
  }
  if (!checked::within(offset, length, size_)) {
    return io_fault(place_.plus(offset), ERANGE);
  }
  EROFS_TRY(fill(offset, budget));
  const auto found = ByteView(bytes_).slice(offset - first_, length);
  if (!found) return io_fault(place_.plus(offset), ERANGE);
  return *found;
}

Result<ByteView> TableWindow::peek(std::uint64_t offset, std::uint64_t length,
                                   Budget& budget) {
  if (offset >= first_) {
    const auto there = ByteView(bytes_).slice(offset - first_, length);
    if (there) return *there;
  }
  const Place at = place_.plus(offset);
  const auto room = MutableBytes(peeked_).slice(0, length);
  if (!room || !checked::within(offset, length, size_)) {
    return io_fault(at, ERANGE);
  }
  EROFS_TRY(budget.work(length, at));
  EROFS_TRY(read({space_, at}, *room));
  return room->view();
}

}  // namespace erofs::map
