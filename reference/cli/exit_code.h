// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CLI_EXIT_CODE_H_
#define EROFS_CLI_EXIT_CODE_H_

#include "base/fault.h"

namespace erofs::cli {

enum ExitCode : int {
  kDone = 0,         // conforming, or done
  kBroken = 1,       // the image breaks a rule
  kUsage = 2,        // the command line is wrong
  kUnsupported = 3,  // the image needs what this version lacks
  kLimit = 4,        // a limit was reached
  kIo = 5,           // reading or writing failed
};

[[nodiscard]] constexpr int exit_code(FaultKind kind) noexcept {
  switch (kind) {
    case FaultKind::kMalformed:
      return kBroken;
    case FaultKind::kUnsupported:
      return kUnsupported;
    case FaultKind::kLimit:
      return kLimit;
    case FaultKind::kIo:
      break;
  }
  return kIo;
}

}  // namespace erofs::cli

#endif  // EROFS_CLI_EXIT_CODE_H_
