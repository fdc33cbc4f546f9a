// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <malloc.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
#include <new>
#include <span>
#include <string>

#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/sandbox.h"

namespace erofs::cli {
namespace {

constexpr const char* kAbout =
    "Looks into EROFS images and says whether they are well-formed.\n"
    "Never mounts, never runs anything, trusts no byte of the image.";

constexpr const char* kFirstSteps =
    "First steps:\n"
    "  erofs-ref audit system.erofs      what it holds, and what is wrong\n"
    "  erofs-ref check system.erofs      only the findings and the verdict\n"
    "  erofs-ref ls -l system.erofs /    look around\n"
    "  erofs-ref rules                   every rule an image is held to\n"
    "  erofs-ref COMMAND --help          flags, examples, exit codes";

void add_commands(CLI::App& app, Chosen& chosen) {
  add_audit(app, chosen);
  add_check(app, chosen);
  add_manifest(app, chosen);
  add_extract(app, chosen);
  add_tar(app, chosen);
  add_ls(app, chosen);
  add_stat(app, chosen);
  add_cat(app, chosen);
  add_dump(app, chosen);
  add_map(app, chosen);
  add_rules(app, chosen);
  add_mkfs(app, chosen);
  add_later(app, chosen);
}

// The command that the arguments reached, for "--help" to look at.
std::string help_command(const CLI::App& app) {
  const auto given = app.get_subcommands();
  std::string text = "erofs-ref";
  if (!given.empty()) text += " " + given.front()->get_name();
  return text + " --help";
}

// What is wrong with the command line, in one line.
std::string reason(const CLI::App& app, const CLI::ParseError& error,
                   const std::string& first) {
  if (first.empty()) return "no command given";
  if (first.front() == '-') return "'" + first + "' needs a command before it";
  if (!app.get_subcommands().empty()) return error.what();
  return "there is no command '" + first + "'";
}

int parse_failed(const CLI::App& app, const CLI::ParseError& error,
                 const std::string& first) {
  if (error.get_exit_code() != 0) {
    complain(reason(app, error, first) + " (see '" + help_command(app) + "')");
    return kUsage;
  }
  app.exit(error);  // --help and --version
  std::cout.flush();
  if (std::cout.good()) return kDone;
  complain("standard output cannot be written");
  return kIo;
}

int run(int argc, char** argv) {
  CLI::App app(kAbout, "erofs-ref");
  app.set_version_flag("--version", [] {
    return "erofs-ref " EROFS_VERSION "\nsandbox: " + sandbox_text();
  });
  app.set_help_flag("--help", "Print this help");
  app.footer(kFirstSteps);
  app.require_subcommand(1);
  Chosen chosen;
  add_commands(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const std::span words(argv, static_cast<std::size_t>(argc));
    return parse_failed(app, error, words.size() > 1 ? words[1] : "");
  }
  return chosen.run();
}

}  // namespace
}  // namespace erofs::cli

int main(int argc, char** argv) {
  // What threads free is for all of them, and what is large goes back at
  // once: otherwise each keeps some for itself.
  constexpr int kLarge = (1 << 20) + (1 << 16);
  ::mallopt(M_ARENA_MAX, 2);
  ::mallopt(M_MMAP_THRESHOLD, kLarge);
  ::mallopt(M_TRIM_THRESHOLD, kLarge);
  // A reader that goes away is told by write(2), as every other failure.
  std::signal(SIGPIPE, SIG_IGN);
  // So is a file that grows beyond what the process may write.
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    return erofs::cli::run(argc, argv);
  } catch (const std::bad_alloc&) {
    std::fputs("erofs-ref: out of memory: lower --limit memory=BYTES\n",
               stderr);
    return erofs::cli::kLimit;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "erofs-ref: %s\n", error.what());
    return erofs::cli::kIo;
  }
}
