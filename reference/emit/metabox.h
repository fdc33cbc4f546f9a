// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EMIT_METABOX_H_
#define EROFS_EMIT_METABOX_H_

#include "emit/context.h"
#include "emit/load.h"

namespace erofs::emit {

// Writes the inode that holds all others, once they are complete.
void write_metabox(Context& context, Loader& loader);

}  // namespace erofs::emit

#endif  // EROFS_EMIT_METABOX_H_
