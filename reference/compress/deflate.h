// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_COMPRESS_DEFLATE_H_
#define EROFS_COMPRESS_DEFLATE_H_

#include <memory>

#include "compress/encoder.h"

namespace erofs::compress {

// nullptr where there is no memory. Requires settled settings.
[[nodiscard]] std::unique_ptr<Encoder> make_deflate(const Settings& settings);

}  // namespace erofs::compress

#endif  // EROFS_COMPRESS_DEFLATE_H_
