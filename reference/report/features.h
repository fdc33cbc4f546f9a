// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_FEATURES_H_
#define EROFS_REPORT_FEATURES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "check/report.h"

namespace erofs::report {

// Names of the bits that are set, low bits first; names that share a bit
// come as one, "FRAGMENTS/DEDUPE", and a bit without a name as "bit 12".
[[nodiscard]] std::vector<std::string> feature_names(std::uint32_t bits,
                                                     bool incompat);

// The first Linux that mounts such an image, e.g. "5.15". Knows of the
// feature bits and the block size, not of single inodes.
[[nodiscard]] std::string needs_linux(const check::Summary& summary);

}  // namespace erofs::report

#endif  // EROFS_REPORT_FEATURES_H_
