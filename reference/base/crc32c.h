// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_BASE_CRC32C_H_
#define EROFS_BASE_CRC32C_H_

#include <cstdint>

#include "base/bytes.h"

namespace erofs {

// CRC-32C (Castagnoli), reflected, without the final inversion: feeds on
// from `state`. Start with 0xFFFFFFFF; "123456789" then gives 0x1CF96D7C.
[[nodiscard]] std::uint32_t crc32c(std::uint32_t state,
                                   ByteView bytes) noexcept;

}  // namespace erofs

#endif  // EROFS_BASE_CRC32C_H_
