// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EMIT_DIRECTORIES_H_
#define EROFS_EMIT_DIRECTORIES_H_

#include "emit/context.h"
#include "emit/packed.h"

namespace erofs::emit {

// Gives a directory its NID and the room of its content, which needs only
// the names of its children.
void reserve_directory(Context& context, tree::NodeId id);

// Puts directories whose place is the packed inode there. Comes when every
// node has its NID.
void pack_directories(Context& context, Packed& packed);

// Writes all directories. Comes when every node has its NID and all other
// metadata is flushed.
void write_directories(Context& context);

}  // namespace erofs::emit

#endif  // EROFS_EMIT_DIRECTORIES_H_
