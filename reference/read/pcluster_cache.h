// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_READ_PCLUSTER_CACHE_H_
#define EROFS_READ_PCLUSTER_CACHE_H_

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "format/limits.gen.h"
#include "map/extent.h"
#include "read/decoders.h"
#include "work/gate.h"

namespace erofs::read {

// Decoded physical clusters that were used last, and the malformed faults of
// those that do not decode. Threads that want the same one at the same time
// decode it once. What is kept, what is decoded and what somebody still reads
// is bounded together, whatever the number of threads; the cache outlives it.
class PclusterCache {
 public:
  using Bytes = std::shared_ptr<const std::vector<std::byte>>;
  // Bytes that are kept; one cluster is, whatever its size.
  static constexpr std::size_t kCapacity = std::size_t{8} << 20;
  // Clusters and faults that are kept.
  static constexpr std::size_t kEntries = 8192;

  explicit PclusterCache(std::size_t capacity = kCapacity) noexcept
      : capacity_(capacity),
        gate_(std::max<std::uint64_t>(capacity, format::kExtentMax) +
              format::kExtentMax) {}

  // All stream.decoded bytes of the cluster of `extent`, which is kEncoded.
  // `likely`: as for ReadAhead::get(). Faults: those of
  // PclusterDecoder::decode(); io. Waits while others hold too much; who asks
  // holds no other bytes.
  [[nodiscard]] Result<Bytes> get(const map::Extent& extent,
                                  PclusterDecoder& decoder, ReadAhead& stored,
                                  std::uint64_t likely);
  // The same if it is here, else nullptr.
  [[nodiscard]] Bytes find(const map::Extent& extent);

  // Bytes decoded by get() since the last call, for whoever pays for them.
  [[nodiscard]] std::uint64_t take_decoded() noexcept {
    return decoded_.load() == 0 ? 0 : decoded_.exchange(0);
  }

 private:
  struct Key {
    const image::Source* source;
    std::uint64_t offset;
    map::Stream stream;

    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const noexcept;
  };
  struct Entry {
    Key key;
    std::optional<Result<Bytes>> result;  // nullopt: somebody decodes it
    std::size_t size = 0;
  };
  using Entries = std::list<Entry>;

  [[nodiscard]] static Key key_of(const map::Extent& extent) noexcept;
  [[nodiscard]] Result<Bytes> decode(const map::Extent& extent,
                                     PclusterDecoder& decoder,
                                     ReadAhead& stored, std::uint64_t likely);
  void keep(Entries::iterator entry, const Result<Bytes>& result);
  void drop_oldest();

  // Room for decoded bytes, and what it takes of the bound.
  struct Held {
    // `taken` of the bound are held already.
    Held(work::Gate& gate, std::uint64_t taken, std::size_t size)
        : pass(gate, taken), bytes(size) {}

    work::Gate::Pass pass;
    std::vector<std::byte> bytes;
  };

  // Room for `size` bytes. The largest is used again and again, for it costs
  // the host more to give than most clusters cost to decode.
  [[nodiscard]] std::shared_ptr<Held> room(std::size_t size);
  [[nodiscard]] std::unique_ptr<Held> take_spare(std::size_t size);
  void wait(std::uint64_t bytes);
  void give_back(std::unique_ptr<Held> held);

  std::size_t capacity_;
  work::Gate gate_;  // outlives the entries, and so does what follows
  std::mutex room_mutex_;
  std::vector<std::unique_ptr<Held>> spare_;
  unsigned waiting_ = 0;  // threads that may wait at the gate
  std::atomic<std::uint64_t> decoded_ = 0;
  std::mutex mutex_;
  std::condition_variable ready_;
  Entries entries_;  // used last: first
  std::unordered_map<Key, Entries::iterator, Hash> index_;
  std::size_t held_ = 0;  // bytes
};

}  // namespace erofs::read

#endif  // EROFS_READ_PCLUSTER_CACHE_H_
