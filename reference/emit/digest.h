// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EMIT_DIGEST_H_
#define EROFS_EMIT_DIGEST_H_

#include <array>
#include <cstddef>

#include "base/bytes.h"

namespace erofs::emit {

using Digest = std::array<std::byte, 32>;

// SHA-256.
[[nodiscard]] Digest sha256(ByteView bytes);

}  // namespace erofs::emit

#endif  // EROFS_EMIT_DIGEST_H_
