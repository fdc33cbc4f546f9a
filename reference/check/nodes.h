// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_NODES_H_
#define EROFS_CHECK_NODES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/budget.h"
#include "base/result.h"

namespace erofs::check {

// What is remembered of each inode that was met.
struct NodeInfo {
  std::uint64_t nid = 0;
  std::uint32_t ino = 0;    // i_ino
  std::uint32_t nlink = 0;  // as stored
  std::uint32_t seen = 0;   // directory entries that lead to it, without dots
  std::uint8_t type = 0;    // format::ModeType; 0: the inode is bad
  bool used = false;        // whether this slot of the table is taken
  bool extended = false;    // body of the longer version
  bool special = false;     // packed or metabox inode
};

// All inodes met, by nid. Open addressing: 24 bytes a slot, at most three
// quarters full. Every probe behind the first is charged as work, so nids
// chosen to collide end by the budget.
class NodeTable {
 public:
  struct Found {
    NodeInfo* info = nullptr;  // valid until the next call of at()
    bool fresh = false;        // not met before; all but nid is blank
  };
  // Faults: limit (work, memory).
  [[nodiscard]] Result<Found> at(std::uint64_t nid, Place where,
                                 Budget& budget);

  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  // Calls visit(const NodeInfo&) for each, in no particular order.
  template <class Visit>
  void each(Visit&& visit) const {
    for (const NodeInfo& slot : slots_) {
      if (slot.used) visit(slot);
    }
  }

 private:
  [[nodiscard]] Result<std::size_t> probe(std::uint64_t nid, Place where,
                                          Budget& budget) const;
  [[nodiscard]] Status grow(Place where, Budget& budget);

  std::vector<NodeInfo> slots_;  // a power of two of them
  std::size_t size_ = 0;
};

}  // namespace erofs::check

#endif  // EROFS_CHECK_NODES_H_
