// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/directory_guard.h"

#include "format/rule_ids.gen.h"

namespace erofs::read {
namespace {

// Bytes that a nid in both sets takes, roughly: two nodes of a tree.
constexpr std::uint64_t kBytesPerDirectory = 96;

}  // namespace

Status DirectoryGuard::enter(std::uint64_t nid, Place entry, Budget& budget) {
  if (open_.contains(nid)) {
    return malformed(RuleId::tree_directory_acyclic, entry, nid);
  }
  if (seen_.contains(nid)) {
    return malformed(RuleId::tree_directory_one_parent, entry, nid);
  }
  EROFS_TRY(budget.memory(kBytesPerDirectory, entry));
  seen_.insert(nid);
  open_.insert(nid);
  return {};
}

void DirectoryGuard::leave(std::uint64_t nid) noexcept { open_.erase(nid); }

void DirectoryGuard::clear(Budget& budget) noexcept {
  budget.release_memory(seen_.size() * kBytesPerDirectory);
  seen_.clear();
  open_.clear();
}

}  // namespace erofs::read
