// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EMIT_PREPARE_H_
#define EROFS_EMIT_PREPARE_H_

#include "emit/context.h"

namespace erofs::emit {

// What has to be known of all files before the first byte is placed: the
// time of compact inodes and the attributes to share; names what cannot be
// stored. Gives the front of the image and the root their places.
void prepare(Context& context);

}  // namespace erofs::emit

#endif  // EROFS_EMIT_PREPARE_H_
