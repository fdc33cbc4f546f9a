// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/space.h"

#include <algorithm>

#include "base/checked.h"
#include "format/limits.gen.h"

namespace erofs::plan {
namespace {

constexpr std::uint64_t kSlot = std::uint64_t{1} << format::kInodeSlotBits;

// Sizes here are far below 2^63: they are sums of what is in memory.
constexpr std::uint64_t up(std::uint64_t value, std::uint64_t unit) {
  return checked::ceil_div(value, unit) * unit;
}

}  // namespace

Space::Space(unsigned block_bits, std::uint64_t used)
    : block_bits_(block_bits) {
  const std::uint64_t block = std::uint64_t{1} << block_bits_;
  end_ = checked::ceil_div(used, block);
  if (used % block != 0) open(end_ - 1, used % block);
}

std::uint64_t Space::blocks(std::uint64_t count) {
  const std::uint64_t first = end_;
  end_ += count;
  return first;
}

void Space::open(std::uint64_t block, std::uint64_t used) {
  const std::uint64_t size = std::uint64_t{1} << block_bits_;
  const std::uint64_t room = size - std::min(size, up(used, kSlot));
  if (room < kRoomMin) {
    closed_.push_back(block);
    return;
  }
  open_.emplace(room, block);
  if (open_.size() > kOpenMax) {
    closed_.push_back(open_.begin()->second);
    open_.erase(open_.begin());
  }
}

std::optional<std::uint64_t> Space::metadata(std::uint64_t head,
                                             std::uint64_t tail) {
  const std::uint64_t size = std::uint64_t{1} << block_bits_;
  const std::uint64_t need = head + tail;
  if (need <= size) {
    const auto best = open_.lower_bound({need, 0});
    if (best == open_.end()) {
      const std::uint64_t block = blocks(1);
      open(block, need);
      return block * size;
    }
    const auto [room, block] = *best;
    open_.erase(best);
    open(block, size - room + need);
    return block * size + (size - room);
  }
  // The tail begins where the head ends; a block boundary between the two
  // is as good as none.
  const std::uint64_t used = head % size;
  if (used + tail > size) return std::nullopt;
  const std::uint64_t count = checked::ceil_div(need, size);
  const std::uint64_t first = blocks(count);
  for (std::uint64_t i = 0; i + 1 < count; ++i) closed_.push_back(first + i);
  const std::uint64_t left = need % size;
  if (left == 0) {
    closed_.push_back(first + count - 1);
  } else {
    open(first + count - 1, left);
  }
  return first * size;
}

std::vector<std::uint64_t> Space::closed() {
  std::vector<std::uint64_t> blocks = std::move(closed_);
  closed_.clear();
  std::sort(blocks.begin(), blocks.end());
  return blocks;
}

}  // namespace erofs::plan
