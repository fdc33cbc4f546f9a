// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_LZMA_REACH_H_
#define EROFS_DECOMPRESS_LZMA_REACH_H_

#include <cstdint>

#include "base/bytes.h"

namespace erofs::decompress {

// How far back the matches of a MicroLZMA stream go, in bytes: the greatest
// distance, 0 where there is none. `out` holds what the stream decodes to, or
// the first bytes of it, which a library has to have decoded: nothing is said
// of a stream that is broken. Looks at every bit, and so takes longer than the
// library does.
[[nodiscard]] std::uint64_t lzma_reach(ByteView stream, ByteView out);

}  // namespace erofs::decompress

#endif  // EROFS_DECOMPRESS_LZMA_REACH_H_
