// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "cli/sandbox.h"

#include "cli/output.h"

namespace erofs::cli {
namespace {

#if defined(EROFS_INSTRUMENTED)
constexpr bool kInstrumented = true;
#else
constexpr bool kInstrumented = false;
#endif

bool wanted(const Common& common) {
  return !kInstrumented && common.sandbox != "never";
}

std::string words(const confine::Held& held) {
  if (held.calls && held.paths)
    return "system calls (seccomp), paths (Landlock)";
  if (held.calls) return "system calls (seccomp); no Landlock here";
  if (held.paths) return "paths (Landlock); no seccomp here";
  return "none: this system has neither seccomp nor Landlock";
}

}  // namespace

void add_sandbox(CLI::App& command, Common& common) {
  command
      .add_option("--sandbox", common.sandbox,
                  "auto: as far as this system can; always: or not at all")
      ->type_name("WHEN")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  command.add_flag_callback(
      "--no-sandbox", [&common] { common.sandbox = "never"; },
      "The same as --sandbox never, e.g. for strace");
}

bool enter_sandbox(const Common& common, const confine::Needs& needs) {
  confine::Held held;
  if (wanted(common)) {
    // It is read from files, and known from then on.
    static_cast<void>(common.threads());
    held = confine::confine(needs);
  }
  if (common.sandbox != "always" || (held.calls && held.paths)) return true;
  complain("--sandbox always: only partly possible here: " + sandbox_text() +
           ": say --sandbox auto to do without");
  return false;
}

void narrow_sandbox(const Common& common, const confine::Needs& needs) {
  // Where it cannot be, it could not be before either.
  if (wanted(common)) static_cast<void>(confine::narrow(needs));
}

std::string sandbox_text() {
  if (kInstrumented) return "none: this build is instrumented";
  return words(confine::offered());
}

}  // namespace erofs::cli
