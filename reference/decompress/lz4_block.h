// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_LZ4_BLOCK_H_
#define EROFS_DECOMPRESS_LZ4_BLOCK_H_

#include <cstdint>

#include "base/bytes.h"

namespace erofs::decompress {

// Whether `block` is an LZ4 block that fills `out` exactly, ends there, and
// nowhere reaches back 0 bytes or more than `max_distance`; if so, `out` is
// its content. Takes what LZ4_decompress_safe() takes, but for those
// distances: the library, Linux's copy of it too, follows a distance of zero
// and copies what the room held before, which on Linux can be another user's
// memory. Asking both questions in one pass costs no time; asking the second
// one in a pass of its own would double it.
// Source: LZ4 block format description (lz4_Block_format.md).
[[nodiscard]] bool lz4_block(ByteView block, MutableBytes out,
                             std::uint32_t max_distance) noexcept;

}  // namespace erofs::decompress

#endif  // EROFS_DECOMPRESS_LZ4_BLOCK_H_
