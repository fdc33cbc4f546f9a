// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_LZ4_H_
#define EROFS_DECOMPRESS_LZ4_H_

#include <cstdint>

#include "base/bytes.h"
#include "decompress/outcome.h"

namespace erofs::decompress {

// No distance of an LZ4 block is greater than this.
inline constexpr std::uint32_t kLz4MaxDistance = 65535;

// Decodes one LZ4 block (no frame) into all of `out`. `max_distance`: bytes
// that a match may reach back. Outcomes: all but kFrame and kNoMemory. What
// `out` holds after another outcome than kDone is nobody's content.
[[nodiscard]] Outcome lz4(ByteView block, MutableBytes out, Demand demand,
                          std::uint32_t max_distance) noexcept;

}  // namespace erofs::decompress

#endif  // EROFS_DECOMPRESS_LZ4_H_
