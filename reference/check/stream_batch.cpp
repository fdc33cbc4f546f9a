// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/stream_batch.h"

#include <algorithm>
#include <utility>

namespace erofs::check {
namespace {

// Most bytes of streams that are read in one go, so that they stay in the
// cache of one core until they are decoded.
constexpr std::uint64_t kReadAtOnce = std::uint64_t{1} << 16;

// Streams that stand one behind the other, and are read in one go.
struct Run {
  std::size_t end = 0;      // of the items
  std::uint64_t bytes = 0;  // stored
};

Run run_from(const StreamBatch& batch, std::size_t first) noexcept {
  const map::Location& start = batch.items[first].extent.location;
  Run run{first, 0};
  for (; run.end < batch.items.size(); ++run.end) {
    const map::Extent& extent = batch.items[run.end].extent;
    const std::uint64_t stored = extent.stream.stored;
    const bool joins = extent.location.source == start.source &&
                       extent.location.place == start.place.plus(run.bytes) &&
                       run.bytes + stored <= kReadAtOnce;
    if (run.end != first && !joins) break;
    run.bytes += stored;
  }
  return run;
}

// Room for `size` bytes; what `buffer` holds is lost.
MutableBytes room(std::vector<std::byte>& buffer, std::uint64_t size) {
  if (buffer.size() < size) {
    buffer = std::vector<std::byte>();
    buffer.resize(static_cast<std::size_t>(size));
  }
  return MutableBytes(buffer).head(size);
}

}  // namespace

bool StreamBatch::has_room_for(const map::Stream& stream) const noexcept {
  return items.empty() ||
         (items.size() < kItems && stored + stream.stored <= kStored &&
          decoded + stream.decoded <= kDecoded);
}

void StreamBatch::add(const map::Extent& extent, std::uint64_t nid) {
  items.push_back({extent, nid});
  stored += extent.stream.stored;
  decoded += extent.stream.decoded;
  longest = std::max<std::uint64_t>(longest, extent.stream.decoded);
}

void StreamBatch::add(const map::Extent& extent, std::uint64_t nid,
                      ByteView bytes) {
  add(extent, nid);
  items.back().copied = true;
  copies.insert(copies.end(), bytes.span().begin(), bytes.span().end());
}

void StreamBatch::clear() noexcept {
  items.clear();
  copies.clear();
  stored = decoded = longest = 0;
}

std::uint64_t StreamBench::cost(const StreamBatch& batch) noexcept {
  return std::max(batch.stored, kKept) + std::max(batch.longest, kKept);
}

void StreamBench::decode(const StreamItem& item, ByteView stored) {
  const Status done = decoder_.decode(
      item.extent, stored, room(decoded_, item.extent.stream.decoded));
  if (!done) faults_.push_back({done.error(), item.nid});
}

// Reads and decodes the streams from `first` on that stand one behind the
// other; the first one behind them.
std::size_t StreamBench::run(const StreamBatch& batch, std::size_t first) {
  const map::Location& from = batch.items[first].extent.location;
  Run run = run_from(batch, first);
  const MutableBytes into = room(stored_, run.bytes);
  Status read = map::read(from, into);
  if (!read && run.end != first + 1) {
    // Only some of them may be unreadable.
    run = {first + 1, batch.items[first].extent.stream.stored};
    read = map::read(from, into.head(run.bytes));
  }
  ByteView stored = into.view();
  for (std::size_t i = first; i < run.end; ++i) {
    const StreamItem& item = batch.items[i];
    const ByteView own = stored.head(item.extent.stream.stored);
    stored = stored.from(own.size()).value_or(ByteView());
    if (read) {
      decode(item, own);
    } else {
      faults_.push_back({read.error(), item.nid});
    }
  }
  return run.end;
}

std::vector<StreamFault> StreamBench::judge(const StreamBatch& batch) {
  ByteView copies(batch.copies);
  for (std::size_t next = 0; next < batch.items.size();) {
    const StreamItem& item = batch.items[next];
    if (item.copied) {
      const ByteView own = copies.head(item.extent.stream.stored);
      copies = copies.from(own.size()).value_or(ByteView());
      decode(item, own);
      ++next;
    } else {
      next = run(batch, next);
    }
  }
  if (decoded_.size() > kKept) decoded_ = std::vector<std::byte>();
  return std::exchange(faults_, {});
}

}  // namespace erofs::check
