// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CLI_SANDBOX_H_
#define EROFS_CLI_SANDBOX_H_

#include <string>

#include "cli/command.h"
#include "confine/confine.h"

namespace erofs::cli {

// --sandbox and --no-sandbox.
void add_sandbox(CLI::App& command, Common& common);

// Confines the process as `common` asks, once its files are open and before
// it looks into them. False where it asks for what this system cannot do,
// after saying so.
[[nodiscard]] bool enter_sandbox(const Common& common,
                                 const confine::Needs& needs = {});

// Holds an extraction to the directory that it made.
void narrow_sandbox(const Common& common, const confine::Needs& needs);

// What enter_sandbox() does on this system, for people.
[[nodiscard]] std::string sandbox_text();

}  // namespace erofs::cli

#endif  // EROFS_CLI_SANDBOX_H_
