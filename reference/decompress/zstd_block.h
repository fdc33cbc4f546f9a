// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_ZSTD_BLOCK_H_
#define EROFS_DECOMPRESS_ZSTD_BLOCK_H_

#include <cstdint>

#include "base/bytes.h"

namespace erofs::decompress {

// Whether the headers of the blocks at the start of `blocks`, up to the last
// one or as far as there are whole blocks, say nothing that some versions of
// the library take and others do not: a block larger than `most` bytes, a
// reserved bit of the compression modes, no sequences in a long form.
// Source: RFC 8878, 3.1.1.2 and 3.1.1.3.
[[nodiscard]] bool zstd_blocks(ByteView blocks, std::uint64_t most) noexcept;

}  // namespace erofs::decompress

#endif  // EROFS_DECOMPRESS_ZSTD_BLOCK_H_
