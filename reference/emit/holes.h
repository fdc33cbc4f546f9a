// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EMIT_HOLES_H_
#define EROFS_EMIT_HOLES_H_

#include "emit/context.h"

namespace erofs::emit {

// Writes the inode of a file that has a size and no content: chunks that are
// holes, as few as there can be.
void write_holes(Context& context, tree::NodeId id);

}  // namespace erofs::emit

#endif  // EROFS_EMIT_HOLES_H_
