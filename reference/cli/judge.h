// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CLI_JUDGE_H_
#define EROFS_CLI_JUDGE_H_

#include <functional>
#include <string>

#include "check/report.h"
#include "cli/command.h"

namespace erofs::cli {

// Turns a finished check into what is printed.
using Render = std::function<std::string(const check::Report&)>;

// Checks the image, prints what `render` makes of it; the exit code.
[[nodiscard]] int judge(const Common& common, const Render& render);

}  // namespace erofs::cli

#endif  // EROFS_CLI_JUDGE_H_
