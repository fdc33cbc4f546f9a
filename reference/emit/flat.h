// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EMIT_FLAT_H_
#define EROFS_EMIT_FLAT_H_

#include <cstdint>

#include "base/bytes.h"
#include "emit/context.h"
#include "emit/inode.h"

namespace erofs::emit {

// A file whose bytes lie one behind the other, while they arrive.
class FlatFile {
 public:
  // Gives the node its NID and its content room. `inlined`: its end may lie
  // behind the inode.
  FlatFile(Context& context, tree::NodeId id, std::uint64_t size, bool inlined);

  // The next bytes; all but the last piece are whole blocks.
  void add(ByteView bytes);

 private:
  Context& context_;
  Inode inode_;
  std::uint64_t size_;
  std::uint64_t tail_ = 0;   // bytes behind the inode
  std::uint64_t block_ = 0;  // the first one
  std::uint64_t done_ = 0;
};

// A node without content of its own: symlinks, devices, pipes, sockets and
// empty files.
void write_special(Context& context, tree::NodeId id);

}  // namespace erofs::emit

#endif  // EROFS_EMIT_FLAT_H_
