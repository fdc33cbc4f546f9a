// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_PLAN_CODEC_RECORDS_H_
#define EROFS_PLAN_CODEC_RECORDS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "compress/encoder.h"
#include "format/limits.gen.h"

namespace erofs::plan {

// What decodes the streams of a method.
[[nodiscard]] format::Algorithm algorithm_of(compress::Method method) noexcept;

// One bit for each algorithm that the methods use.
[[nodiscard]] std::uint16_t algorithm_bits(
    std::span<const compress::Settings> methods) noexcept;

// The records of compression settings, to lie at a multiple of 4 behind the
// superblock. Requires settled settings; `pcluster_blocks`: of the largest.
[[nodiscard]] std::vector<std::byte> codec_records(
    std::span<const compress::Settings> methods, std::uint16_t pcluster_blocks);

}  // namespace erofs::plan

#endif  // EROFS_PLAN_CODEC_RECORDS_H_
