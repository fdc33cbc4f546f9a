// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EMIT_SEAL_H_
#define EROFS_EMIT_SEAL_H_

#include "emit/context.h"

namespace erofs::emit {

// Writes the superblock and what follows it, when all else is written: the
// image is whole after this.
void seal(Context& context, image::Target& target);

}  // namespace erofs::emit

#endif  // EROFS_EMIT_SEAL_H_
