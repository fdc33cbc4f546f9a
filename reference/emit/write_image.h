// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EMIT_WRITE_IMAGE_H_
#define EROFS_EMIT_WRITE_IMAGE_H_

#include <cstdint>

#include "emit/options.h"
#include "image/target.h"
#include "tree/outcome.h"
#include "tree/tree.h"

namespace erofs::emit {

// What an image came to.
struct Written {
  std::uint64_t bytes = 0;       // of the image: whole blocks
  std::uint64_t blob_bytes = 0;  // of Options::blob
  std::uint64_t inodes = 0;
  std::array<std::byte, 16> uuid{};
};

// Writes the image of a finished tree. The same tree and options give the
// same bytes, whatever the number of jobs. Memory: the metadata of the
// directories, some dozen bytes a file, and a few segments of content a job.
// The first trouble ends it; what the target then holds is no image.
[[nodiscard]] tree::Outcome<Written> write_image(const tree::Tree& tree,
                                                 const Options& options,
                                                 image::Target& target);

}  // namespace erofs::emit

#endif  // EROFS_EMIT_WRITE_IMAGE_H_
