// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/packed.h"

#include <cstring>

#include "emit/clusters.h"
#include "emit/own_file.h"
#include "format/features.gen.h"
#include "format/limits.gen.h"

namespace erofs::emit {

void Packed::begin() {
  if (!context_.packs_prefixes()) return;
  context_.facts.prefix_unit = static_cast<std::uint32_t>(
      append(ByteView(context_.names.table())) / format::kXattrUnit);
}

std::uint64_t Packed::append(ByteView bytes) {
  const std::uint64_t at = size_;
  const int error = context_.options.packed->write(at, bytes);
  if (error != 0) {
    context_.fail({"the packed inode",
                   std::string("cannot be kept: ") + std::strerror(error),
                   error});
  }
  size_ += bytes.size();
  return at;
}

std::uint64_t Packed::put(ByteView bytes) {
  const std::pair<Digest, std::size_t> key{sha256(bytes), bytes.size()};
  const auto known = known_.find(key);
  if (known != known_.end()) return known->second;
  const std::uint64_t at = append(bytes);
  known_.emplace(key, at);
  return at;
}

void Packed::add_file(const Piece& piece) {
  const ByteView bytes = piece.bytes();
  if (piece.begin == 0 && piece.last) {
    file_ = put(bytes);
  } else {
    const std::uint64_t at = append(bytes);
    if (piece.begin == 0) file_ = at;
  }
  if (piece.last) write_fragment_inode(context_, piece.node, file_);
}

void Packed::finish(Loader& loader) {
  if (size_ == 0) return;
  // There is a packed inode.
  context_.facts.incompat |= format::incompat::kFragments;
  Choice choice;
  choice.pcluster = context_.options.packed_pcluster;
  write_own_file(context_, *this, loader, context_.packed_id(),
                 *context_.options.packed, size_, choice);
  context_.facts.packed = context_.nids[context_.packed_id()];
}

}  // namespace erofs::emit
