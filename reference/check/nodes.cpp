// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/nodes.h"

#include <utility>

namespace erofs::check {
namespace {

constexpr std::size_t kFirstSlots = std::size_t{1} << 6;

// Spreads nids, which tend to be multiples of something, over all bits.
std::uint64_t mix(std::uint64_t value) noexcept {
  constexpr std::uint64_t kOdd = 11400714819323198485U;  // 2^64 / golden ratio
  value ^= value >> 32;
  value *= kOdd;
  value ^= value >> 29;
  value *= kOdd;
  return value ^ (value >> 32);
}

}  // namespace

Result<std::size_t> NodeTable::probe(std::uint64_t nid, Place where,
                                     Budget& budget) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = static_cast<std::size_t>(mix(nid)) & mask;
  while (slots_[at].used && slots_[at].nid != nid) {
    EROFS_TRY(budget.work(1, where));
    at = (at + 1) & mask;
  }
  return at;
}

Status NodeTable::grow(Place where, Budget& budget) {
  const std::size_t old = slots_.size();
  const std::size_t wanted = old == 0 ? kFirstSlots : 2 * old;
  EROFS_TRY(budget.memory(wanted * sizeof(NodeInfo), where));
  NodeTable wider;
  wider.slots_.resize(wanted);
  for (const NodeInfo& slot : slots_) {
    if (!slot.used) continue;
    EROFS_ASSIGN(const std::size_t at, wider.probe(slot.nid, where, budget));
    wider.slots_[at] = slot;
  }
  slots_ = std::move(wider.slots_);
  budget.release_memory(old * sizeof(NodeInfo));
  return {};
}

Result<NodeTable::Found> NodeTable::at(std::uint64_t nid, Place where,
                                       Budget& budget) {
  if (size_ >= slots_.size() / 4 * 3) EROFS_TRY(grow(where, budget));
  EROFS_ASSIGN(const std::size_t at, probe(nid, where, budget));
  NodeInfo& slot = slots_[at];
  const bool fresh = !slot.used;
  if (fresh) {
    slot.nid = nid;
    slot.used = true;
    ++size_;
  }
  return Found{&slot, fresh};
}

}  // namespace erofs::check
