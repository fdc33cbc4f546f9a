// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "cli/command.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "cli/limits.h"
#include "cli/sandbox.h"
#include "format/limits.gen.h"
#include "work/crew.h"

namespace erofs::cli {
namespace {

constexpr const char* kExitCodes =
    "Exit codes:\n"
    "  0  done; for check and audit: no rule is broken\n"
    "  1  the image breaks a rule (malformed or invalid)\n"
    "  2  the command line is wrong\n"
    "  3  the image uses what this version, or the --kernel, does not support\n"
    "  4  a limit was reached (see --limit)\n"
    "  5  reading or writing failed\n"
    "\n"
    "Limits, unless --limit says otherwise, for an image of N bytes:\n"
    "  work=64*N+64M  memory=4*N+64M  depth=4096  time: none\n"
    "  output: for check and audit 4096*N+1G decoded bytes, else 64*N+16G\n";

std::string refuse_stdin(const std::string& image) {
  if (image != "-") return {};
  return "an image is read at random, which standard input does not allow; "
         "save it to a file first";
}

std::string refuse_bad_bytes(const std::string& text) {
  if (parse_amount(text)) return {};
  return "'" + text + "' is no number of bytes (512, 0x200, 4K, 1M)";
}

std::string refuse_bad_offset(const std::string& text) {
  const auto bytes = parse_amount(text);
  if (!bytes) return refuse_bad_bytes(text);
  if (*bytes % format::kSectorSize == 0) return {};
  return "no mount can start at " + text + ": give a multiple of " +
         std::to_string(format::kSectorSize);
}

std::string refuse_bad_number(const std::string& text) {
  if (parse_amount(text)) return {};
  return "'" + text + "' is no number (36, 0x24)";
}

std::string refuse_bad_jobs(const std::string& text) {
  constexpr std::uint64_t kMost = 4096;
  const auto jobs = parse_amount(text);
  if (jobs && *jobs >= 1 && *jobs <= kMost) return {};
  return "'" + text + "' is no number of threads (1 to 4096)";
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

}  // namespace

unsigned Common::threads() const noexcept {
  return jobs != 0 ? jobs : work::Crew::cores();
}

void add_common(CLI::App& command, Common& common) {
  command.add_option("IMAGE", common.image, "The EROFS image")
      ->required()
      ->check(refuse_stdin);
  command
      .add_option("--device", common.devices,
                  "A blob of the device table; once for each slot, in the "
                  "order of the table")
      ->type_name("BLOB")
      ->expected(1)
      ->allow_extra_args(false)  // what follows is IMAGE
      ->take_all();
  command
      .add_option("--offset", common.offset,
                  "Where the filesystem starts in IMAGE")
      ->type_name("BYTES")
      ->check(refuse_bad_offset);
  command
      .add_option("--limit", common.limits,
                  "work, memory, depth or output, with K, M, G, T; time, "
                  "with ms, s, m, h")
      ->type_name("NAME=VALUE")
      ->expected(1)
      ->allow_extra_args(false)  // what follows is IMAGE
      ->take_all()
      ->check(limit_error);
  command
      .add_option("--jobs", common.jobs,
                  "Threads, for what reads much; default: the cores")
      ->type_name("N")
      ->check(refuse_bad_jobs);
  command.add_flag("--json", common.json, "Print JSON");
  command.add_flag("--quiet", common.quiet, "Print no more than needed");
  add_sandbox(command, common);
  command
      .add_option("--color", common.color,
                  "auto: on a terminal, unless NO_COLOR is set")
      ->type_name("WHEN")
      ->check(CLI::IsMember({"auto", "always", "never"}));
}

void add_kernel(CLI::App& command, Common& common) {
  command
      .add_option_function<std::string>(
          "--kernel",
          [&common](const std::string& text) {
            common.kernel = format::kernel_version(text);
          },
          "Say too what this Linux lacks: 5.4, 5.10, 5.15, 6.1, 6.6, 6.12, "
          "6.18 or any other")
      ->type_name("VERSION")
      ->check([](const std::string& text) -> std::string {
        const auto version = format::kernel_version(text);
        if (!version) return "'" + text + "' is no version such as 6.12";
        if (*version >= format::kFirstKernel) return {};
        return "EROFS is part of Linux since 5.4";
      });
}

void add_format(CLI::App& command, std::string& format,
                const std::vector<std::string>& now,
                const std::vector<std::string>& later) {
  const auto has = [](const auto& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  command
      .add_option(
          "--format", format,
          "One of: " + listed(now) +
              (later.empty() ? std::string()
                             : " (not in this version: " + listed(later) + ")"))
      ->type_name("FORMAT")
      ->check([=](const std::string& asked) -> std::string {
        if (has(now, asked)) return {};
        const std::string use = "; use " + listed(now);
        if (has(later, asked)) {
          return "'" + asked + "' is not supported in this version" + use;
        }
        return "'" + asked + "' is no format" + use;
      });
}

CLI::Option* add_nid(CLI::App& command, std::optional<std::uint64_t>& nid) {
  return command
      .add_option_function<std::string>(
          "--nid",
          [&nid](const std::string& text) { nid = parse_amount(text); },
          "An inode by its number")
      ->type_name("N")
      ->check(refuse_bad_number);
}

void add_teaching(CLI::App& command, const std::string& examples) {
  command.footer("Examples:\n" + examples + "\n" + kExitCodes);
}

bool use_color(const Common& common) {
  if (common.color != "auto") return common.color == "always";
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
  return !dumb && ::isatty(STDOUT_FILENO) == 1;
}

}  // namespace erofs::cli
