// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_PLACE_H_
#define EROFS_REPORT_PLACE_H_

#include <cstdint>
#include <string>

#include "base/fault.h"

namespace erofs::report {

// "device 2", "metabox" or "packed inode"; empty for the image itself.
[[nodiscard]] std::string space_text(std::uint32_t space);

// "byte 1028 (0x404)", with the space in front where it is not the image.
[[nodiscard]] std::string place_text(const Place& place);

}  // namespace erofs::report

#endif  // EROFS_REPORT_PLACE_H_
