// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CLI_FAULT_TEXT_H_
#define EROFS_CLI_FAULT_TEXT_H_

#include <string>

#include "base/fault.h"

namespace erofs::cli {

// One line for a fault: what (where): what to do.
[[nodiscard]] std::string fault_text(const Fault& fault);

}  // namespace erofs::cli

#endif  // EROFS_CLI_FAULT_TEXT_H_
