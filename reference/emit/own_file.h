// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EMIT_OWN_FILE_H_
#define EROFS_EMIT_OWN_FILE_H_

#include <cstdint>

#include "emit/context.h"
#include "emit/feed.h"
#include "emit/packed.h"
#include "image/target.h"

namespace erofs::emit {

class Loader;

// Writes an inode of the image's own, the packed inode or the metabox, whose
// `size` bytes `kept` has. Counts it. Requires size > 0.
void write_own_file(Context& context, Packed& packed, Loader& loader,
                    tree::NodeId id, image::Target& kept, std::uint64_t size,
                    Choice choice);

}  // namespace erofs::emit

#endif  // EROFS_EMIT_OWN_FILE_H_
