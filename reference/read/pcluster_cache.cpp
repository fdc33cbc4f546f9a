// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/pcluster_cache.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <limits>

namespace erofs::read {
namespace {

// Room of this size and more is kept for the next cluster, so much of it.
constexpr std::size_t kLarge = std::size_t{1} << 20;
constexpr std::size_t kSpare = 4;

}  // namespace

PclusterCache::Key PclusterCache::key_of(const map::Extent& extent) noexcept {
  return {extent.location.source, extent.location.place.offset, extent.stream};
}

std::size_t PclusterCache::Hash::operator()(const Key& key) const noexcept {
  // Clusters that differ in nothing but these two are rare.
  return std::hash<std::uint64_t>()(key.offset * 31 + key.stream.decoded);
}

Result<PclusterCache::Bytes> PclusterCache::get(const map::Extent& extent,
                                                PclusterDecoder& decoder,
                                                ReadAhead& stored,
                                                std::uint64_t likely) {
  const Key key = key_of(extent);
  Entries::iterator mine;
  {
    std::unique_lock lock(mutex_);
    while (true) {
      const auto found = index_.find(key);
      if (found == index_.end()) break;
      const Entries::iterator entry = found->second;
      if (entry->result) {
        entries_.splice(entries_.begin(), entries_, entry);
        return *entry->result;
      }
      ready_.wait(lock);
    }
    entries_.push_front({key, std::nullopt, 0});
    mine = entries_.begin();
    index_.emplace(key, mine);
  }
  Result<Bytes> result = decode(extent, decoder, stored, likely);
  {
    const std::scoped_lock lock(mutex_);
    keep(mine, result);
  }
  ready_.notify_all();
  return result;
}

PclusterCache::Bytes PclusterCache::find(const map::Extent& extent) {
  const std::scoped_lock lock(mutex_);
  const auto found = index_.find(key_of(extent));
  if (found == index_.end()) return nullptr;
  const auto& result = found->second->result;
  return result && *result ? **result : nullptr;
}

Result<PclusterCache::Bytes> PclusterCache::decode(const map::Extent& extent,
                                                   PclusterDecoder& decoder,
                                                   ReadAhead& stored,
                                                   std::uint64_t likely) {
  decoded_ += extent.stream.decoded;
  EROFS_ASSIGN(const ByteView bytes,
               stored.get(extent.location, extent.stream.stored, likely));
  // Behind the reading, which may need what another cluster decodes to.
  const std::shared_ptr<Held> held = room(extent.stream.decoded);
  EROFS_TRY(decoder.decode(extent, bytes, MutableBytes(held->bytes)));
  return Bytes(held, &held->bytes);
}

std::shared_ptr<PclusterCache::Held> PclusterCache::room(std::size_t size) {
  std::unique_ptr<Held> held = size < kLarge ? nullptr : take_spare(size);
  if (!held) {
    const auto bytes = std::min<std::uint64_t>(size, format::kExtentMax);
    if (!gate_.take(bytes)) wait(bytes);
    held = std::make_unique<Held>(gate_, bytes, size);
  }
  return {held.release(),
          [this](Held* done) { give_back(std::unique_ptr<Held>(done)); }};
}

// Nothing lies idle while somebody waits.
void PclusterCache::wait(std::uint64_t bytes) {
  {
    const std::scoped_lock lock(room_mutex_);
    ++waiting_;
    spare_.clear();
  }
  gate_.wait(bytes);
  const std::scoped_lock lock(room_mutex_);
  --waiting_;
}

// The smallest that has room, emptied to `size`; nullptr for none.
std::unique_ptr<PclusterCache::Held> PclusterCache::take_spare(
    std::size_t size) {
  const auto capacity = [size](const std::unique_ptr<Held>& one) {
    const std::size_t bytes = one->bytes.capacity();
    return bytes < size ? std::numeric_limits<std::size_t>::max() : bytes;
  };
  const std::scoped_lock lock(room_mutex_);
  const auto best = std::min_element(
      spare_.begin(), spare_.end(),
      [&](const auto& a, const auto& b) { return capacity(a) < capacity(b); });
  if (best == spare_.end() || (*best)->bytes.capacity() < size) return nullptr;
  std::unique_ptr<Held> held = std::move(*best);
  spare_.erase(best);
  held->bytes.resize(size);
  return held;
}

void PclusterCache::give_back(std::unique_ptr<Held> held) {
  if (held->bytes.capacity() < kLarge) return;
  const std::scoped_lock lock(room_mutex_);
  if (waiting_ == 0 && spare_.size() < kSpare)
    spare_.push_back(std::move(held));
}

void PclusterCache::keep(Entries::iterator entry, const Result<Bytes>& result) {
  // What the host refuses today it may give tomorrow.
  if (!result && result.error().kind != FaultKind::kMalformed) {
    index_.erase(entry->key);
    entries_.erase(entry);
    return;
  }
  entry->result = result;
  entry->size = result ? (*result)->capacity() : 0;
  held_ += entry->size;
  entries_.splice(entries_.begin(), entries_, entry);
  while (held_ > capacity_ || entries_.size() > kEntries) {
    const std::size_t before = entries_.size();
    drop_oldest();
    if (entries_.size() == before) break;
  }
}

// Of those that are decoded, and never the newest.
void PclusterCache::drop_oldest() {
  for (auto at = std::prev(entries_.end()); at != entries_.begin(); --at) {
    if (!at->result) continue;
    held_ -= at->size;
    index_.erase(at->key);
    entries_.erase(at);
    return;
  }
}

}  // namespace erofs::read
