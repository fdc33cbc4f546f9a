// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EMIT_ARCHIVED_H_
#define EROFS_EMIT_ARCHIVED_H_

#include "emit/context.h"

namespace erofs::emit {

// Writes the inode of a file whose content stays where it lies in the archive
// that is device 1.
void write_archived(Context& context, tree::NodeId id);

}  // namespace erofs::emit

#endif  // EROFS_EMIT_ARCHIVED_H_
