// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/pcluster_cache.h"

#include <functional>
#include <iterator>

namespace erofs::read {

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
  const auto held = std::make_shared<Held>(gate_, extent.stream.decoded);
  EROFS_TRY(decoder.decode(extent, bytes, MutableBytes(held->bytes)));
  return Bytes(held, &held->bytes);
}

void PclusterCache::keep(Entries::iterator entry, const Result<Bytes>& result) {
  // What the host refuses today it may give tomorrow.
  if (!result && result.error().kind != FaultKind::kMalformed) {
    index_.erase(entry->key);
    entries_.erase(entry);
    return;
  }
  entry->result = result;
  entry->size = result ? (*result)->size() : 0;
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
