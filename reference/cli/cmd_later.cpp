// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <array>
#include <string>

#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/output.h"

namespace erofs::cli {
namespace {

struct Later {
  const char* name;
  const char* summary;
  const char* instead;
};

constexpr std::array<Later, 1> kLater = {{
    {"diff", "Compare two images",
     "compare what 'erofs-ref manifest' prints for each"},
}};

}  // namespace

void add_later(CLI::App& app, Chosen& chosen) {
  for (const Later& later : kLater) {
    auto* command = app.add_subcommand(
        later.name, std::string(later.summary) + " (not in this version)");
    command->allow_extras();
    command->callback([later, &chosen] {
      chosen.run = [later] {
        complain(std::string(later.name) +
                 ": not supported in this version: " + later.instead);
        return int{kUsage};
      };
    });
  }
}

}  // namespace erofs::cli
