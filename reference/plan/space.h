// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_PLAN_SPACE_H_
#define EROFS_PLAN_SPACE_H_

#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace erofs::plan {

// Who gets which bytes of an image that grows at its end. Blocks that hold
// metadata stay open for more of it while they have room; a bounded number
// of them does. The same calls give the same addresses.
class Space {
 public:
  // Image bytes [0, used) are taken already; what is left of their last
  // block is open for metadata.
  Space(unsigned block_bits, std::uint64_t used);

  // `count` blocks at the end of the image: the first one's number.
  std::uint64_t blocks(std::uint64_t count);

  // `head` bytes at an image byte that NIDs can name, `tail` bytes right
  // behind them that lie in one block: the head's first byte, or nothing
  // where the tail has no such place. Requires head > 0, tail <= a block.
  std::optional<std::uint64_t> metadata(std::uint64_t head, std::uint64_t tail);

  // Takes back all blocks from `block` on. Requires that blocks() gave them
  // and that nothing was placed since.
  void give_back(std::uint64_t block) noexcept { end_ = block; }

  // Blocks of the image.
  [[nodiscard]] std::uint64_t end() const noexcept { return end_; }
  // Metadata blocks that get no more since the last call, ascending.
  [[nodiscard]] std::vector<std::uint64_t> closed();

 private:
  // More open blocks than this cost time and gain nothing.
  static constexpr std::size_t kOpenMax = 512;
  // A block with less room than this is full.
  static constexpr std::uint64_t kRoomMin = 64;

  void open(std::uint64_t block, std::uint64_t used);

  unsigned block_bits_;
  std::uint64_t end_ = 0;
  // Room at the end of each open block, and its number.
  std::set<std::pair<std::uint64_t, std::uint64_t>> open_;
  std::vector<std::uint64_t> closed_;
};

}  // namespace erofs::plan

#endif  // EROFS_PLAN_SPACE_H_
