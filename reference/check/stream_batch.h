// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_STREAM_BATCH_H_
#define EROFS_CHECK_STREAM_BATCH_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "map/extent.h"
#include "read/pcluster.h"

namespace erofs::check {

// A stream to be judged, and the inode that refers to it.
struct StreamItem {
  map::Extent extent;  // kEncoded, from its first decoded byte on
  std::uint64_t nid = 0;
  bool copied = false;  // its bytes are the next ones of the batch's
};

struct StreamFault {
  Fault fault;
  std::uint64_t nid = 0;
};

// Streams that one thread judges in one go. Large enough to make its handing
// over cheap, and small enough for several threads to end together.
struct StreamBatch {
  static constexpr std::size_t kItems = std::size_t{1} << 8;
  static constexpr std::uint64_t kStored = std::uint64_t{1} << 20;   // bytes
  static constexpr std::uint64_t kDecoded = std::uint64_t{1} << 22;  // bytes

  std::vector<StreamItem> items;
  std::uint64_t stored = 0;   // bytes of all
  std::uint64_t decoded = 0;  // bytes of all
  std::uint64_t longest = 0;  // decoded bytes of one
  std::vector<std::byte> copies;

  // Whether `stream` may be added; the first one always may.
  [[nodiscard]] bool has_room_for(const map::Stream& stream) const noexcept;
  void add(const map::Extent& extent, std::uint64_t nid);
  // The same for a stream whose bytes are at hand.
  void add(const map::Extent& extent, std::uint64_t nid, ByteView bytes);
  // Empties it; keeps the storage.
  void clear() noexcept;
};

// What one thread judges streams with: the libraries' memory and buffers.
class StreamBench {
 public:
  StreamBench(const decode::Codecs& codecs, const decode::Geometry& geometry)
      : decoder_(codecs, geometry) {}

  // Reads and decodes every stream of `batch`. The faults of those that fail,
  // in the order of the batch.
  [[nodiscard]] std::vector<StreamFault> judge(const StreamBatch& batch);

  // Most bytes of buffers that are kept from one batch to the next.
  static constexpr std::uint64_t kKept = std::uint64_t{1} << 20;
  // Bytes of buffers that judging `batch` takes, what is kept included.
  [[nodiscard]] static std::uint64_t cost(const StreamBatch& batch) noexcept;

 private:
  void decode(const StreamItem& item, ByteView stored);
  [[nodiscard]] std::size_t run(const StreamBatch& batch, std::size_t first);

  read::PclusterDecoder decoder_;
  std::vector<std::byte> stored_;
  std::vector<std::byte> decoded_;
  std::vector<StreamFault> faults_;
};

}  // namespace erofs::check

#endif  // EROFS_CHECK_STREAM_BATCH_H_
