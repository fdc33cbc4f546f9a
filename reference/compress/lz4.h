// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_COMPRESS_LZ4_H_
#define EROFS_COMPRESS_LZ4_H_

#include <memory>

#include "compress/encoder.h"

namespace erofs::compress {

// LZ4 blocks, made fast or, by `level`, small.
[[nodiscard]] std::unique_ptr<Encoder> make_lz4();
[[nodiscard]] std::unique_ptr<Encoder> make_lz4hc(int level);

}  // namespace erofs::compress

#endif  // EROFS_COMPRESS_LZ4_H_
