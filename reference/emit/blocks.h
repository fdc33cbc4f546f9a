// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EMIT_BLOCKS_H_
#define EROFS_EMIT_BLOCKS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "base/bytes.h"
#include "image/target.h"
#include "plan/space.h"

namespace erofs::emit {

// The bytes of the image on their way out: metadata blocks are kept while
// they fill, data that follows data goes out in large pieces. The first
// error stays, and nothing is written after it.
class Blocks {
 public:
  Blocks(image::Target& target, unsigned block_bits);
  Blocks(const Blocks&) = delete;
  Blocks& operator=(const Blocks&) = delete;
  ~Blocks();

  // Data at an image byte.
  void data(std::uint64_t at, ByteView bytes);
  // Drops data from that image byte on, which somebody else gets.
  void take_back(std::uint64_t at);
  // Metadata at an image byte, in blocks that `space` gave for it.
  void metadata(std::uint64_t at, ByteView bytes);
  // Bytes of such a block after flush(), when nothing else is kept.
  void late(std::uint64_t at, ByteView bytes) { put(at, bytes); }
  // Lets go of blocks that get no more.
  void close(const std::vector<std::uint64_t>& blocks);
  // Writes all that is kept.
  void flush();

  // The errno of the first write that failed, or 0.
  [[nodiscard]] int error() const noexcept { return error_; }
  // A digest of all that was written, and where.
  [[nodiscard]] std::array<std::byte, 16> digest() const;

 private:
  struct Hash;

  void put(std::uint64_t at, ByteView bytes);
  void flush_data();

  image::Target& target_;
  std::uint64_t block_size_;
  std::unordered_map<std::uint64_t, std::vector<std::byte>> open_;
  std::uint64_t data_at_ = 0;
  std::vector<std::byte> data_;
  std::unique_ptr<Hash> hash_;
  int error_ = 0;
};

}  // namespace erofs::emit

#endif  // EROFS_EMIT_BLOCKS_H_
