// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/held_content.h"

#include "image/memory_source.h"

namespace erofs::tree {

Status HeldContent::read(std::uint64_t offset, MutableBytes out) const {
  return image::MemorySource(ByteView::of_text(bytes_)).read(offset, out);
}

}  // namespace erofs::tree
