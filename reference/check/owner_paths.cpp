// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/owner_paths.h"

#include <algorithm>

#include "check/storage.h"
#include "read/node.h"
#include "read/walk.h"

namespace erofs::check {

Status OwnerPaths::add(std::uint64_t nid, std::string_view path,
                       Budget& budget) {
  const Place nowhere;
  // A string grows to twice its size, beside the old one.
  EROFS_TRY(budget.memory(3 * path.size(), nowhere));
  EROFS_TRY(
      push(entries_, Entry{nid, text_.size(), path.size()}, budget, nowhere));
  text_ += path;
  return {};
}

void OwnerPaths::seal() {
  std::stable_sort(
      entries_.begin(), entries_.end(),
      [](const Entry& a, const Entry& b) { return a.nid < b.nid; });
}

Status OwnerPaths::gather(const read::Volume& volume, Budget& budget) {
  const decode::Superblock& superblock = volume.superblock();
  if (superblock.packed_nid != 0) {
    EROFS_TRY(add(superblock.packed_nid, "(packed inode)", budget));
  }
  if (superblock.metabox_nid) {
    EROFS_TRY(add(*superblock.metabox_nid, "(metabox inode)", budget));
  }
  const auto root = read::node(volume, superblock.root_nid, budget);
  Status done;
  if (root) {
    done =
        read::walk(volume, *root, "/", budget, [&](const read::Visit& visit) {
          return add(visit.node.nid, visit.path, budget);
        });
  } else {
    done = tl::unexpected<Fault>(root.error());
  }
  seal();
  return done;
}

std::string_view OwnerPaths::of(std::uint64_t nid) const noexcept {
  const auto found = std::lower_bound(
      entries_.begin(), entries_.end(), nid,
      [](const Entry& entry, std::uint64_t than) { return entry.nid < than; });
  if (found == entries_.end() || found->nid != nid) return {};
  return std::string_view(text_).substr(static_cast<std::size_t>(found->at),
                                        static_cast<std::size_t>(found->size));
}

}  // namespace erofs::check
